import { expect, it } from 'vitest'
import { linux } from '../model/profile.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { annotatedScenario } from './annotated-scenario.ts'
import { stepByStep } from './step-by-step.ts'
import type { RecordedStep, Recording, TraceHeader } from './trace/trace.ts'

const header: TraceHeader = {
  ...{ target: 'host', kernel: '', libc: '', arch: '', mode: 'stepped', pageSize: 4096, shmlba: 4096 },
  identity: { uid: 1000, gid: 1000, mapsOthers: true },
  limits: {
    ...{ semmsl: 32000, semmns: 32000, semopm: 500, semmni: 32000, semvmx: 32767, msgmax: 8192 },
    ...{ msgmnb: 16384, msgmni: 32000, shmmax: 1 << 30, shmall: 1 << 30, shmmni: 4096 },
  },
  ...{ arena: 0x7000000000, keyBase: 0x10000, initPid: 1 },
}

const answers = (value: number): RecordedStep => ({
  seconds: 100,
  events: [{ is: 'returned', actor: 'A', value, errno: 0, out: null, clobbered: false }],
})

const recording = (...values: readonly number[]): Recording => ({
  scenario: parseScenario(
    '# Title\nS = semget(private, 1)\nsemop(S, [0 +1])\nsemctl(S, 0, GETVAL)\nsemctl(S, 0, GETNCNT)\n',
  ).scenario,
  started: 100,
  steps: values.map(answers),
  problem: '',
})

it('stepByStep tells what was allowed at each step, and goes on behind a deviation', () => {
  const steps = stepByStep(recording(5, 0, 2, 0), header, linux)
  expect(steps.map(({ deviation }) => deviation !== null)).toEqual([false, false, true, false])
  expect(steps.map(({ allowed }) => allowed.length)).toEqual([1, 1, 1, 1])
  expect(steps[3]?.rules).toContain('semctl.getncnt')
})

it('stepByStep looks at the steps that were begun', () => {
  expect(stepByStep(recording(5, 0), header, linux)).toHaveLength(2)
})

it('annotatedScenario puts what happened behind each step', () => {
  expect(annotatedScenario(recording(5, 0, 1))).toBe(
    [
      '# Title',
      'A: S = semget(private, 1)  # A returns 5',
      'A: semop(S, [0 +1])        # A returns 0',
      'A: semctl(S, 0, GETVAL)    # A returns 1',
      'A: semctl(S, 0, GETNCNT)   # not begun',
      '',
    ].join('\n'),
  )
})
