import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotInstalled } from '../../harness/problems.ts'
import { HOST, type Sshd, startSshd } from '../../harness/targets/ssh/sshd.testing.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { targetNamed } from '../../harness/targets/targets.ts'
import { posix } from '../../model/profile.ts'
import { createMemory } from '../../oracle/histories/judge-history.ts'
import { parseProgram } from './program-text.ts'
import { judgeRun, runProgram } from './run-program.ts'

const programs = {
  'posts and decreases': `A: S = semget(private, 1)
# overlapping:
A: semop(S, [0 +1])
A: semop(S, [0 +1])
B: semop(S, [0 -1])
B: semop(S, [0 -1])
# one at a time:
C: semctl(S, 0, GETVAL)
`,
  'a message for one of two': `A: Q = msgget(private)
# overlapping:
A: msgsnd(Q, 1, 8)
B: msgrcv(Q, 8, 1)
C: msgrcv(Q, 8, 1)
# one at a time:
A: msgctl(Q, IPC_STAT)
`,
  'signals for a child that is waited for': `A: P = fork()
# overlapping:
A: waitpid(P, WUNTRACED|WCONTINUED)
A: waitpid(P)
B: kill(P, SIGSTOP)
B: kill(P, SIGCONT)
B: kill(P, SIGKILL)
P: getppid()
# one at a time:
A: waitpid(-1, WNOHANG)
`,
}

const RUNS = 20

/** The target, or why it cannot be had here; over ssh the server as well. */
async function tryToStart(name: string): Promise<{ target?: StartedTarget; sshd?: Sshd; why: string }> {
  const sshd = name.startsWith('ssh:') ? await startSshd() : undefined
  if (typeof sshd === 'string') return { why: sshd }
  if (sshd !== undefined) process.env.IPC_ORACLE_SSH = sshd.ssh
  try {
    const target = await targetNamed(name)?.start({ spread: true })
    return { why: '', ...(target && { target }), ...(sshd && { sshd }) }
  } catch (error) {
    if (error instanceof NotInstalled) return { why: error.message }
    throw error
  }
}

describe.each(['linux-6.12', 'gvisor', `ssh:${HOST}`])('calls that overlap on target %s', (name) => {
  const before = process.env.IPC_ORACLE_SSH
  let tried: Awaited<ReturnType<typeof tryToStart>> = { why: 'it was not tried' }
  beforeAll(async () => {
    tried = await tryToStart(name)
    if (tried.target === undefined) console.error(`Skipped: ${tried.why}`)
  }, 120_000)
  afterAll(async () => {
    await tried.target?.close()
    await tried.sshd?.stop()
    if (before === undefined) delete process.env.IPC_ORACLE_SSH
    else process.env.IPC_ORACLE_SSH = before
  })

  it.each(Object.entries(programs))(
    'are told with their times, and explained: %s',
    async (_, text) => {
      const { target, why } = tried
      if (target === undefined) {
        expect(why).not.toBe('')
        return
      }
      const program = parseProgram(text)
      if (program === undefined) throw new Error(text)
      const { runs, problem } = await runProgram(target, program, { repetitions: RUNS, seed: 1, jitter: 1 })
      expect(problem).toBe('')
      expect(runs).toHaveLength(RUNS)
      const memory = createMemory()
      for (const run of runs) {
        const { verdict, stuck } = judgeRun(run, target.header, posix, memory)
        expect(verdict, JSON.stringify({ run, stuck })).toBe('conforms')
        for (const { begin, end } of run.calls) expect(end === 'never' || end >= begin).toBe(true)
      }
    },
    30_000,
  )
})
