import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linux, posix } from '../model/profile.ts'
import type { Call } from '../model/vocabulary/forms.ts'
import { errnos } from '../model/vocabulary/names.ts'
import type { Step } from '../model/vocabulary/scenario.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { judge } from './judge.ts'
import { simulate } from './simulate.ts'
import { aHeader } from './trace/a-header.testing.ts'
import type { Recording, TraceEvent } from './trace/trace.ts'

const header = aHeader()

const scenario = (text: string) => parseScenario(text).scenario

const wake = scenario(`
S = semget(private, 1)
B: semop(S, [0 -1])
A: semctl(S, 0, GETNCNT)
A: semop(S, [0 +1])
A: semctl(S, 0, GETPID)
A: semctl(S, 0, IPC_STAT)
`)

/** The recording with one event replaced (or removed). */
function altered(
  recording: Recording,
  step: number,
  change: (events: readonly TraceEvent[]) => readonly TraceEvent[],
): Recording {
  const steps = recording.steps.map((each, at) =>
    at === step ? { ...each, events: change(each.events) } : each,
  )
  return { ...recording, steps }
}

const withValue = (value: number) => (events: readonly TraceEvent[]) =>
  events.map((event) => (event.is === 'returned' ? { ...event, value } : event))

describe('judge', () => {
  it('accepts what the model itself would do', () => {
    expect(judge(simulate(wake, header, linux), header, linux).verdict).toBe('conforms')
    expect(judge(simulate(wake, header, linux), header, posix).verdict).toBe('conforms')
  })

  it('names step and rule where a value differs', () => {
    const judgement = judge(altered(simulate(wake, header, linux), 2, withValue(0)), header, linux)
    expect(judgement.verdict).toBe('deviates')
    expect(judgement.deviations[0]?.step).toBe(2)
    expect(judgement.deviations[0]?.rules).toContain('cnt.single')
  })

  it('names who may where somebody is refused who may', () => {
    const lent = scenario('S = semget(private, 1, 0602)\nB: become(1000000, 1000000)\nB: semop(S, [0 +1])\n')
    const refused = altered(simulate(lent, header, linux), 2, (events) =>
      events.map((event) =>
        event.is === 'returned' ? { ...event, value: -1, errno: errnos.EACCES } : event,
      ),
    )
    const [deviation] = judge(refused, header, linux).deviations
    expect([deviation?.rules[0], deviation?.accused]).toEqual(['perm.class.other', 1])
  })

  it('names what a wait had to leave where the next one does not find it', () => {
    const looks =
      'E = fork()\nkill(E, SIGSTOP)\nwaitid(P_ALL, 0, WSTOPPED|WNOWAIT)\nwaitid(P_ALL, 0, WSTOPPED)\n'
    const lost = altered(simulate(scenario(looks), header, linux), 3, () => [])
    const [deviation] = judge(lost, header, linux).deviations
    expect([deviation?.rules[0], deviation?.accused]).toEqual(['waitid.wnowait.leaves-waitable', 1])
  })

  it('sees a sleeper that should have been woken', () => {
    const asleep = altered(simulate(wake, header, linux), 3, (events) =>
      events.filter(({ actor }) => actor === 'A'),
    )
    const [deviation] = judge(asleep, header, linux).deviations
    expect(deviation?.step).toBe(3)
    expect(deviation?.rules).toContain('sem.wake.handoff')
  })

  it('sees a sleeper that came back although nothing woke it', () => {
    const early = altered(simulate(wake, header, linux), 2, (events) => [
      ...events,
      { is: 'returned', actor: 'B', value: 0, errno: 0, out: null, clobbered: false },
    ])
    expect(judge(early, header, linux).deviations[0]?.step).toBe(2)
  })

  it('accuses the step that changed what an observer sees', () => {
    const judgement = judge(altered(simulate(wake, header, linux), 4, withValue(0)), header, linux)
    expect(judgement.deviations[0]?.rules).toContain('semop.sempid')
  })

  it('goes on after a deviation and reports a second one', () => {
    const once = altered(simulate(wake, header, linux), 2, withValue(7))
    expect(judge(altered(once, 4, withValue(0)), header, linux).deviations).toHaveLength(2)
  })

  it('holds identifiers to be fresh', () => {
    const two = scenario('S = semget(private, 1)\nT = semget(private, 1)')
    const recording = simulate(two, header, linux)
    expect(judge(recording, header, linux).verdict).toBe('conforms')
    const first = recording.steps[0]?.events[0]
    const same = first?.is === 'returned' ? Number(first.value) : -1
    expect(judge(altered(recording, 1, withValue(same)), header, linux).verdict).toBe('deviates')
  })

  it('compares stamps with the clock around the step that set them', () => {
    const recording = simulate(wake, header, linux)
    const late = altered(recording, 5, (events) =>
      events.map((event) =>
        event.is === 'returned' && event.out !== null
          ? { ...event, out: event.out.with(7, Number(event.out[7]) + 1) }
          : event,
      ),
    )
    expect(judge(late, header, linux).verdict).toBe('deviates')
  })

  it('goes on after a step that nobody could be given, if the model says so too', () => {
    const recording = simulate(wake, header, linux)
    const again: Recording = {
      ...recording,
      scenario: {
        ...recording.scenario,
        steps: recording.scenario.steps.toSpliced(2, 0, { actor: 'B', call: { name: 'getppid' } }),
      },
      steps: recording.steps.toSpliced(2, 0, {
        seconds: recording.steps[1]?.seconds ?? 0,
        events: [{ is: 'skipped', actor: 'B' }],
      }),
    }
    expect(judge({ ...again, steps: again.steps.slice(0, 5) }, header, linux).steps).toBe(5)
    const idle = altered(recording, 2, () => [{ is: 'skipped', actor: 'A' }])
    expect(judge(idle, header, linux)).toMatchObject({ verdict: 'inconclusive' })
  })

  it('is inconclusive, never conforming, where the trace ends early', () => {
    const recording = simulate(wake, header, linux)
    const cut = { ...recording, steps: recording.steps.slice(0, 3), problem: 'no rest in time' }
    expect(judge(cut, header, linux)).toMatchObject({ verdict: 'inconclusive', reason: 'no rest in time' })
  })

  it('is inconclusive where the model cannot tell', () => {
    const recording = simulate(wake, header, linux)
    const [first] = recording.scenario.steps
    const steps = [{ ...first, call: { name: 'nonsense' } as unknown as Call } as Step]
    const judgement = judge({ ...recording, scenario: { title: '', steps } }, header, linux)
    expect(judgement).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringMatching(/^step 1: the model gave up/),
    })
  })

  it('rejects every altered return value of the scenario', () => {
    const recording = simulate(wake, header, linux)
    fc.assert(
      fc.property(fc.nat(5), fc.integer({ min: -3, max: 400 }), (step, value) => {
        const events = recording.steps[step]?.events ?? []
        const own = events[0]
        fc.pre(own?.is === 'returned' && own.value !== value && events.length === 1 && step > 0)
        fc.pre(step !== 4) // a pid that was not seen before may have any number
        expect(judge(altered(recording, step, withValue(value)), header, linux).verdict).toBe('deviates')
      }),
    )
  })
})
