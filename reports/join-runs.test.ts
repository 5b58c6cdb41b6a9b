import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { runs } from './arbitrary-run.testing.ts'
import { joinRuns } from './join-runs.ts'
import { RunError } from './read-run.ts'
import type { ReportedRun } from './reported-run.ts'
import { verdictSentence } from './verdict-sentence.ts'

const join = (...all: readonly ReportedRun[]): ReportedRun => {
  const [first, ...others] = all.map((run, index) => ({ path: `shards/${index + 1}`, run }))
  if (first === undefined) throw new Error('nothing to join')
  return joinRuns([first, ...others])
}

const shard = (number: number, change: Partial<ReportedRun> = {}, of = 2) =>
  aRun({ shard: { number, of }, command: `ipc-oracle run --shard ${number}/${of}`, ...change })

describe('runs that are joined', () => {
  it('count together, target by target', () => {
    const counts = {
      'semop.inc': { exercised: 5, met: 4, chosen: [1, 2] },
      'semop.new': { exercised: 0, met: 0 },
    }
    const other = aTarget({ scenarios: 10, steps: 100, seconds: 2, rules: { ...aTarget().rules, counts } })
    const [target, musl, ...more] = join(
      shard(1),
      shard(2, { targets: [other] }),
      aRun({ command: 'ipc-oracle run --target musl', targets: [aTarget({ name: 'musl' })] }),
    ).targets
    expect([musl?.name, more.length]).toEqual(['musl', 0])
    expect(target).toMatchObject({ scenarios: 21044, steps: 190323, seconds: 20.04 })
    expect(target?.rules).toEqual({
      exercised: 3,
      met: 2,
      total: 5,
      untested: ['msgsnd.full.bytes', 'semop.new'],
      counts: {
        'get.mode-stored': { exercised: 7, met: 7 },
        'msgsnd.full.bytes': { exercised: 0, met: 0 },
        'semop.inc': { exercised: 905, met: 904, chosen: [1, 2] },
        'semop.new': { exercised: 0, met: 0 },
        'semop.sempid': { exercised: 40, met: 0 },
      },
    })
  })

  it('have one finding a rule, told by the shortest scenario', () => {
    const short = { ...aDeviation, scenario: 'A: wait()\n', seen: 3 }
    const one = aTarget({ deviations: [aDeviation] })
    const two = aTarget({ deviations: [short, { ...aDeviation, rule: 'semop.inc', seen: 1 }] })
    const joined = join(shard(1, { targets: [one] }), shard(2, { targets: [two] }))
    const found = joined.targets[0]?.deviations.map(({ rule, seen, scenario, file }) => [
      rule,
      seen,
      scenario,
      file,
    ])
    expect(found).toEqual([
      ['semop.sempid', 15, short.scenario, 'shards/2/findings/semop.sempid/finding.scenario'],
      ['semop.inc', 1, aDeviation.scenario, 'shards/2/findings/semop.sempid/finding.scenario'],
    ])
    expect(joined.verdict).toBe('deviates')
  })

  it('keep targets of one name on different systems apart', () => {
    const names = (...kernels: readonly string[]) =>
      join(...kernels.map((kernel) => aRun({ command: kernel, targets: [aTarget({ kernel })] }))).targets.map(
        ({ name, kernel }) => [name, kernel],
      )
    expect(names('6.1', '6.12', '6.1 ')).toEqual([
      ['host (6.1)', '6.1'],
      ['host (6.12)', '6.12'],
      ['host (6.1 )', '6.1 '],
    ])
    expect(names('unknown', '6.1')).toEqual([['host', '6.1']])
  })

  it('keep a target apart from itself started otherwise', () => {
    const syscall = aRun({ command: 'x', targets: [aTarget({ start: { entry: 'syscall' } })] })
    expect(join(aRun(), syscall).targets.map(({ name }) => name)).toEqual(['host', 'host (--entry syscall)'])
  })

  it('can be joined again', () => {
    const three = [1, 2, 3].map((number) => shard(number, {}, 3)) as [ReportedRun, ReportedRun, ReportedRun]
    const again = join(join(three[0], three[1], three[2]), aRun({ command: 'x', seed: 7 }))
    expect(again.targets[0]?.scenarios).toBe(4 * 21034)
    expect(verdictSentence(again)).toBe('host conforms to profile linux: 84,136 scenarios, 760,892 steps.')
  })

  it('come to what the worst of them comes to', () => {
    const rank = { conforms: 0, inconclusive: 1, deviates: 2 }
    fc.assert(
      fc.property(fc.array(runs(), { minLength: 2, maxLength: 3 }), (all) => {
        const plain = all.map((run, index) => {
          const { staleExpectations: _, ...rest } = run
          return { ...rest, verdict: join(rest).verdict, command: String(index) }
        })
        const own = plain.map((run) => {
          const deviates = run.targets.some(({ deviations }) => deviations.some(({ expected }) => !expected))
          return deviates ? 'deviates' : run.verdict === 'deviates' ? 'inconclusive' : run.verdict
        })
        const worst = own.sort((a, b) => rank[b] - rank[a])[0] ?? 'conforms'
        expect(rank[join(...plain).verdict]).toBeGreaterThanOrEqual(rank[worst])
      }),
    )
  })
})

describe('the parts of a split run', () => {
  it('conform together, as the whole would', () => {
    const joined = join(shard(2), shard(1))
    expect(joined).toMatchObject({ verdict: 'conforms', seed: 42 })
    expect(joined.shard).toBeUndefined()
    expect(joined.joined?.map((each) => each.shard?.number)).toEqual([2, 1])
    expect(verdictSentence(joined)).toMatch(/42,068 scenarios, .* seed 42\.$/)
  })

  it('are inconclusive while one is missing', () => {
    const joined = join(shard(1, {}, 3), shard(3, {}, 3))
    expect(joined.problems).toEqual(['Shard 2/3 of the run on host with seed 42 is missing.'])
    expect(joined.verdict).toBe('inconclusive')
    expect(verdictSentence(joined)).toBe('Inconclusive: no deviation was found, but the run is not complete.')
  })

  it('may be of several runs', () => {
    const musl = (number: number) => shard(number, { targets: [aTarget({ name: 'musl' })] })
    expect(join(shard(1), musl(1), shard(2), musl(2)).verdict).toBe('conforms')
    expect(join(shard(1), musl(1), shard(2)).problems).toEqual([
      'Shard 2/2 of the run on musl with seed 42 is missing.',
    ])
  })

  const unseen = [{ rule: 'semop.semp*', at: 'known.yaml line 3', text: 'old', target: 'host' }]
  const deviating = aTarget({ deviations: [{ ...aDeviation, expected: true }] })

  it('tell together that an expected deviation no longer occurs', () => {
    const parts = [
      shard(1, { unseenExpectations: unseen }),
      shard(2, { unseenExpectations: unseen }),
    ] as const
    expect(join(...parts)).toMatchObject({ verdict: 'deviates', staleExpectations: unseen })
  })

  it.each<[string, ReportedRun]>([
    ['another part saw it', shard(2, { targets: [deviating] })],
    ['another part was interrupted', shard(2, { interrupted: true })],
    ['a part is missing', aRun({ command: 'x', targets: [aTarget({ name: 'musl' })] })],
  ])('do not tell so where %s', (_, other) => {
    expect(join(shard(1, { unseenExpectations: unseen }), other).staleExpectations).toBeUndefined()
  })

  it('leave what a whole run found stale as it is', () => {
    const host = aRun({ command: 'x', staleExpectations: unseen })
    expect(join(shard(1, { targets: [deviating] }), host).staleExpectations).toEqual(unseen)
  })

  it('tell so where only another target saw it', () => {
    const musl = aRun({ command: 'x', targets: [{ ...deviating, name: 'musl' }] })
    const parts = [shard(1, { unseenExpectations: unseen }), shard(2), musl] as const
    expect(join(...parts).staleExpectations).toEqual(unseen)
  })
})

describe('what cannot be joined is refused', () => {
  it.each<[string, readonly ReportedRun[], string]>([
    [
      'another profile',
      [aRun(), aRun({ command: 'x', profile: 'posix' })],
      'profile linux, the other by posix',
    ],
    ['the same run twice', [aRun(), aRun()], 'shards/1 and shards/2 are the same run'],
    ['the same part twice', [shard(1), shard(1, { command: 'x' })], 'shards/1 and shards/2 are the same run'],
  ])('%s', (_, all, sentence) => {
    expect(() => join(...all)).toThrow(RunError)
    expect(() => join(...all)).toThrow(sentence)
  })
})
