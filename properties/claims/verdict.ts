import type { TrialOutcome } from './hold-against.ts'
import type { Claim } from './ledger.ts'
import type { Trial } from './trial.ts'

/** A trial of a claim and how it came out on a target. */
export interface Tried {
  readonly trial: Trial
  readonly outcome: TrialOutcome
}

export type ClaimVerdict = 'holds' | 'does not hold' | 'imprecise' | 'undecided' | 'not tried'

/** A claim with what its trials say. */
export interface ExaminedClaim {
  readonly claim: Claim
  readonly verdict: ClaimVerdict
  /** The shortest trial that speaks for the claim, and the shortest that speaks against it. */
  readonly speaksFor: Tried | null
  readonly speaksAgainst: Tried | null
  /** Why nothing was tried or decided: sentences. */
  readonly reasons: readonly string[]
}

/**
 * What the trials say about a claim. A supporting trial speaks for it if it came out as expected, and against it if not.
 * A refuting one speaks against it if it came out as expected; else it says nothing, since a counterexample that was
 * not seen proves nothing. `obstacle`: why trials cannot be made on the target, a sentence.
 */
export function examineClaim(claim: Claim, tried: readonly Tried[], obstacle = ''): ExaminedClaim {
  const speaksFor = shortest(tried.filter(isFor))
  const speaksAgainst = shortest(tried.filter(isAgainst))
  const notReached = tried.flatMap(({ trial, outcome }) =>
    outcome.is === 'not reached' ? [`${trial.name} says nothing: ${outcome.why}`] : [],
  )
  const verdict = verdictOf(speaksFor !== null, speaksAgainst !== null, notReached.length > 0)
  if (tried.length === 0)
    return { claim, verdict: 'not tried', speaksFor, speaksAgainst, reasons: [claim.untried || obstacle] }
  const unseen = tried.flatMap(({ trial, outcome }) =>
    outcome.is === 'otherwise' ? [`${trial.name} was not seen: ${outcome.why}`] : [],
  )
  const reasons = verdict === 'undecided' ? [...notReached, ...unseen] : []
  return { claim, verdict, speaksFor, speaksAgainst, reasons }
}

function verdictOf(isFor: boolean, isAgainst: boolean, isPartial: boolean): ClaimVerdict {
  if (isFor && isAgainst) return 'imprecise'
  if (isPartial || (!isFor && !isAgainst)) return 'undecided'
  return isFor ? 'holds' : 'does not hold'
}

const isFor = ({ trial, outcome }: Tried) => trial.stance === 'supports' && outcome.is === 'as expected'

const isAgainst = ({ trial, outcome }: Tried) =>
  outcome.is === (trial.stance === 'supports' ? 'otherwise' : 'as expected')

const shortest = (tried: readonly Tried[]): Tried | null =>
  [...tried].sort((a, b) => a.trial.lines.length - b.trial.lines.length)[0] ?? null

/** Whether the verdict is the ledger's; null where nothing was tried or decided. */
export const isAsLedger = ({ claim, verdict }: ExaminedClaim): boolean | null =>
  verdict === 'not tried' || verdict === 'undecided' ? null : verdict === claim.verdict
