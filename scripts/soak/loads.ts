import { spawn } from 'node:child_process'

/** Does something beside `count` processes that spin. */
export async function loads(count: number, something: () => Promise<void>): Promise<void> {
  const spinning = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }),
  )
  try {
    await something()
  } finally {
    for (const child of spinning) child.kill('SIGKILL')
  }
}
