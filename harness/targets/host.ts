import { HarnessError } from '../problems.ts'
import { startProbe } from '../transports/probe-process.ts'
import { compileProbe } from './compile.ts'
import { headerOf } from './header.ts'
import type { Target } from './target.ts'

/** The kernel and the C library of this machine. */
export const host: Target = {
  name: 'host',
  summary: 'the kernel and the C library of this machine',
  needs: ['a C compiler (Debian: apt-get install gcc libc6-dev; Alpine: apk add gcc musl-dev)'],
  understands: ['cc', 'wrap', 'entry', 'replyWithin'],
  async obstacle(options) {
    try {
      const started = await host.start(options)
      await started.close()
      return null
    } catch (error) {
      if (error instanceof HarnessError) return error.message
      throw error
    }
  },
  async start({ cc, wrap, entry = 'libc', replyWithin }) {
    const probe = await compileProbe(cc)
    const connection = await startProbe({
      target: 'host',
      command: [probe],
      environment: entry === 'syscall' ? { IPC_ORACLE_ENTRY: entry } : {},
      ...(wrap === undefined ? {} : { wrap }),
      ...(replyWithin === undefined ? {} : { replyWithin }),
    })
    return { ...connection, header: headerOf('host', connection.hello) }
  },
}
