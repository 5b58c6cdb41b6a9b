import { describe, expect, it } from 'vitest'
import { TargetProblem, type TargetProblemKind } from '../../harness/problems.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { initialWorld } from '../../model/initial.ts'
import { linux } from '../../model/profile.ts'
import { rootActors, type Scenario } from '../../model/vocabulary/scenario.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { printStep } from '../../model/vocabulary/text/print.ts'
import { factsOf } from '../../oracle/judge.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { Investigation } from './investigate.ts'
import { settleBroken } from './settle-broken.ts'

const header = aHeader()
const scenario = parseScenario(`
  A: S = semget(private, 1)
  A: M = shmget(private, 64)
  B: semop(S, [0 -1])
  A: semop(S, [0 +1])
  A: semctl(S, 0, GETVAL)
`).scenario

const problem = (kind: TargetProblemKind) => new TargetProblem(kind, 'It died. Do something.', 'It died.')

/** A target that such a scenario brings down, at once or in the next one. */
async function settled(
  isDeadly: (scenario: Scenario) => boolean,
  { kind = 'exited' as TargetProblemKind, later = false, avoid = [] as readonly string[], seen = 3 } = {},
) {
  let probes = 0
  const connect = async () => {
    probes++
    let isDead = false
    return {
      async run([scenario]: readonly Scenario[]) {
        const wasDead = isDead
        isDead ||= scenario !== undefined && isDeadly(scenario)
        if (later ? wasDead : isDead) throw problem(kind)
        return []
      },
      close: async () => {},
    } as unknown as StartedTarget
  }
  const options = {
    ...{ connect, header, profile: linux, avoid, seed: 1, stop: new AbortController().signal },
    start: initialWorld(factsOf(header), rootActors),
    save: async () => 'file',
    replayCommand: () => 'replay',
  } as unknown as Investigation
  const way = { shortest: [{ origin: 'f:7', scenario }], failure: problem(kind), seen }
  return { ...(await settleBroken([way], options)), probes: () => probes }
}

const has = (text: string) => (each: Scenario) => each.steps.map(printStep).join('\n').includes(text)

describe('what brings the target down', () => {
  it.each([
    false,
    true,
  ])('is a finding with its shortest scenario, seen at once or later (%s)', async (later) => {
    const { deviations, inconclusive } = await settled(has('semop(S, [0 +1])'), { later })
    expect(inconclusive).toEqual([])
    expect(deviations).toEqual([
      expect.objectContaining({
        ...{ rule: 'semop.breaks-target', step: 1, observed: 'It died.', seen: 3, file: 'file' },
        ...{ replay: 'replay', expected: false, posix: { verdict: 'deviates', choices: [] } },
        scenario: 'A: S = semget(private, 1)\nA: semop(S, [0 +1])  # brings the target down\n',
      }),
    ])
  })

  it('stays open if it happens once', async () => {
    const { deviations, inconclusive, mishaps } = await settled(() => false)
    expect([deviations, inconclusive]).toEqual([[], []])
    expect(mishaps).toEqual([
      {
        scenario: `# f:7\n${scenario.steps.map(printStep).join('\n')}\n`,
        reason: 'It died. Do something. It was running this scenario, and 2 more in the same way.',
      },
    ])
  })

  it('stays open if nothing can be run, or if it is a fault of the harness', async () => {
    const always = await settled(() => true)
    const garbage = await settled(has('semop'), { kind: 'garbage' })
    expect([always.deviations, garbage.deviations]).toEqual([[], []])
    expect([always.inconclusive.length, garbage.inconclusive.length]).toEqual([0, 1])
    expect([always.mishaps.length, garbage.mishaps.length]).toEqual([1, 0])
    expect(garbage.probes()).toBe(0)
  })

  it('is not tried where it is known of the last call', async () => {
    const known = await settled(() => true, { avoid: ['semctl.GETVAL.breaks-target'] })
    expect(known.deviations.map(({ rule }) => rule)).toEqual(['semctl.GETVAL.breaks-target'])
    expect(known.probes()).toBe(0)
  })
})
