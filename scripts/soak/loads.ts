import { spawn } from 'node:child_process'

/** Spins until its parent is gone, however that came about. */
const SPIN = 'const parent = process.ppid; while (process.ppid === parent) for (let at = 0; at < 1e8; at++);'

/** Does something beside `count` processes that spin. */
export async function loads(count: number, something: () => Promise<void>): Promise<void> {
  const spinning = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--eval', SPIN], { stdio: 'ignore' }),
  )
  try {
    await something()
  } finally {
    for (const child of spinning) child.kill('SIGKILL')
  }
}
