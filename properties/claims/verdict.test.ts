import { describe, expect, it } from 'vitest'
import { linux } from '../../model/profile.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { contradictionsAmong } from './contradictions.ts'
import { holdAgainst, type TrialOutcome } from './hold-against.ts'
import { type Claim, claimFamilies, loadLedger } from './ledger.ts'
import { parseTrial, type ScenarioTrial, type Trial } from './trial.ts'
import { type AnyTrial, loadTrials } from './trials.ts'
import { examineClaim, isAsLedger } from './verdict.ts'

const claim = (id: string, more: Partial<Claim> = {}): Claim => ({
  ...{ id, family: 'semaphores', notes: [1], contradicts: [], verdict: 'holds', untried: '' },
  ...{ sentence: 'P sleeps.', ...more },
})

const scene = 'S = semget(private, 1) -> ok\n'
const supports = parseTrial('sem-01.supports', 'supports', scene)
const refutes = parseTrial('sem-01.refutes', 'refutes', scene)
const met: TrialOutcome = { is: 'as expected' }
const unmet: TrialOutcome = { is: 'otherwise', why: 'A returns 1.' }
const unreached: TrialOutcome = { is: 'not reached', why: 'A returns -1.' }

const examined = (...tried: readonly (readonly [Trial, TrialOutcome])[]) =>
  examineClaim(
    claim('sem-01', { untried: tried.length === 0 ? 'Needs pipes.' : '' }),
    tried.map(([trial, outcome]) => ({ trial, outcome })),
  )

describe('a claim', () => {
  it.each([
    ['holds', [[supports, met]]],
    [
      'holds',
      [
        [supports, met],
        [refutes, unmet],
      ],
    ],
    ['does not hold', [[supports, unmet]]],
    ['does not hold', [[refutes, met]]],
    [
      'does not hold',
      [
        [refutes, met],
        [supports, unmet],
      ],
    ],
    [
      'imprecise',
      [
        [supports, met],
        [refutes, met],
      ],
    ],
    [
      'imprecise',
      [
        [supports, met],
        [supports, unmet],
      ],
    ],
    [
      'imprecise',
      [
        [supports, met],
        [refutes, met],
        [supports, unreached],
      ],
    ],
    ['undecided', [[refutes, unmet]]],
    ['undecided', [[supports, unreached]]],
    [
      'undecided',
      [
        [supports, met],
        [supports, unreached],
      ],
    ],
    [
      'undecided',
      [
        [refutes, met],
        [supports, unreached],
      ],
    ],
    ['not tried', []],
  ] as const)('%s: %#', (verdict, tried) => {
    expect(examined(...tried).verdict).toBe(verdict)
  })

  it('is shown by the shortest trials', () => {
    const long = parseTrial('sem-01.supports-2', 'supports', scene + scene)
    const { speaksFor, speaksAgainst } = examined([long, met], [supports, met], [refutes, met])
    expect([speaksFor?.trial.name, speaksAgainst?.trial.name]).toEqual(['sem-01.supports', 'sem-01.refutes'])
  })

  it('says why nothing was tried or decided', () => {
    expect(examined().reasons).toEqual(['Needs pipes.'])
    expect(examined([supports, unreached], [refutes, unmet]).reasons).toEqual([
      'sem-01.supports says nothing: A returns -1.',
      'sem-01.refutes was not seen: A returns 1.',
    ])
  })

  it('is compared with the ledger only where there is a verdict', () => {
    expect([isAsLedger(examined([supports, met])), isAsLedger(examined([refutes, met]))]).toEqual([
      true,
      false,
    ])
    expect([isAsLedger(examined()), isAsLedger(examined([refutes, unmet]))]).toEqual([null, null])
  })
})

describe('a contradiction', () => {
  const between = (one: TrialOutcome, other: TrialOutcome) =>
    contradictionsAmong([
      examineClaim(claim('sem-01', { contradicts: ['sem-02'] }), [{ trial: supports, outcome: one }]),
      examineClaim(claim('sem-02', { contradicts: ['sem-01'] }), [{ trial: supports, outcome: other }]),
    ]).map(({ better }) => better?.claim.id ?? null)

  it('is listed once, with the claim that fares better', () => {
    expect(between(met, unmet)).toEqual(['sem-01'])
    expect(between(unmet, met)).toEqual(['sem-02'])
  })

  it('is open where both fare alike, or one is undecided', () => {
    expect(between(met, met)).toEqual([null])
    expect(between(met, unreached)).toEqual([null])
  })
})

/** Trials of which the model can say how they come out: neither programs nor such as look at numbers that a kernel chose. */
const isForTheModel = (trial: AnyTrial): trial is ScenarioTrial => trial.is === 'scenario' && !trial.first

describe.each(claimFamilies)('claims about %s', (family) => {
  const trials = loadTrials(family)

  it('fare in the model as the ledger says', () => {
    const differing = loadLedger()
      .filter(({ id }) => trials.get(id)?.every(isForTheModel))
      .map((each) => examineClaim(each, (trials.get(each.id) ?? []).filter(isForTheModel).map(inTheModel)))
      .filter((each) => isAsLedger(each) !== true)
    expect(differing.map((each) => [each.claim.id, each.verdict, each.reasons])).toEqual([])
  })

  it('have scenarios whose scene the model sets', () => {
    const among = [...trials.values()].flat().filter(isForTheModel)
    const unreached = among.map(inTheModel).filter(({ outcome }) => outcome.is === 'not reached')
    expect(unreached.map(({ trial, outcome }) => [trial.name, outcome])).toEqual([])
  })
})

const inTheModel = (trial: ScenarioTrial) => ({
  trial,
  outcome: holdAgainst(trial, simulate(trial.scenario, aHeader(), linux), aHeader()),
})
