import type { DeviationRecord, TargetRecord } from '../oracle/run.ts'
import type { ReportedRun } from './reported-run.ts'

/** A deviation as a campaign records it. For tests. */
export const aDeviation: DeviationRecord = {
  rule: 'semop.sempid',
  rules: ['semop.sempid', 'semctl.getpid'],
  sentence: 'A completed array records the caller as the last process of every semaphore it names.',
  cites: ['POSIX.1-2024 semop, DESCRIPTION'],
  step: 2,
  allowed: ['A returns the pid of B'],
  observed: 'A returns 0',
  scenario: [
    '# A title',
    'A: S = semget(private, 1)  # A returns 5',
    'B: semop(S, [0 +1])        # B returns 0',
    'A: semctl(S, 0, GETPID)    # A returns 0',
    '',
  ].join('\n'),
  file: 'findings/semop.sempid/finding.scenario',
  replay: 'ipc-oracle replay runs/x/findings/semop.sempid/finding.scenario',
  expected: false,
  seen: 12,
}

/** A target that conforms, with the given differences. */
export const aTarget = (change: Partial<TargetRecord> = {}): TargetRecord => ({
  name: 'host',
  kernel: '6.1.0',
  libc: 'glibc 2.36',
  arch: 'x86_64',
  conditions: ['actors run as uid 1000, gid 1000', 'sleep is seen in /proc'],
  scenarios: 21034,
  steps: 190223,
  seconds: 18.04,
  rules: {
    exercised: 3,
    met: 2,
    total: 4,
    untested: ['msgsnd.full.bytes'],
    counts: {
      'semop.sempid': { exercised: 40, met: 0 },
      'semop.inc': { exercised: 900, met: 900 },
      'get.mode-stored': { exercised: 7, met: 7 },
      'msgsnd.full.bytes': { exercised: 0, met: 0 },
    },
  },
  deviations: [],
  inconclusive: [],
  errors: [],
  ...change,
})

/** A run that conforms, with the given differences. */
export const aRun = (change: Partial<ReportedRun> = {}): ReportedRun => ({
  verdict: 'conforms',
  seed: 42,
  profile: 'linux',
  families: ['semaphores', 'messages'],
  started: '2025-01-02T03:04:05.000Z',
  interrupted: false,
  command: 'ipc-oracle run semaphores messages --seed 42',
  targets: [aTarget()],
  ...change,
})
