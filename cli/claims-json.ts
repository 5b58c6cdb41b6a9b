import { contradictionsAmong } from '../properties/claims/contradictions.ts'
import type { Examination } from '../properties/claims/examine.ts'
import { type ExaminedClaim, isAsLedger, type Tried } from '../properties/claims/verdict.ts'

/** What was found out about the claims as one JSON object. */
export const claimsJson = (verdict: string, examinations: readonly Examination[]): string =>
  `${JSON.stringify({ verdict, targets: examinations.map(targetRecord) }, null, 2)}\n`

const targetRecord = ({ header, claims }: Examination) => ({
  ...{ name: header.target, kernel: header.kernel, libc: header.libc, arch: header.arch },
  claims: claims.map(claimRecord),
  contradictions: contradictionsAmong(claims).map(({ one, other, better }) => ({
    claims: [one.claim.id, other.claim.id],
    better: better?.claim.id ?? null,
  })),
})

const claimRecord = (examined: ExaminedClaim) => {
  const { claim, verdict, speaksFor, speaksAgainst, reasons } = examined
  const { id, family, sentence, notes, contradicts } = claim
  return {
    ...{ id, family, sentence, notes, contradicts, ledger: claim.verdict, verdict },
    ...{ asLedger: isAsLedger(examined), for: trialRecord(speaksFor), against: trialRecord(speaksAgainst) },
    reasons,
  }
}

const trialRecord = (tried: Tried | null) => {
  if (tried === null) return null
  const { trial, outcome } = tried
  const { name, stance, title, lines } = trial
  return {
    ...{ trial: name, stance, title, lines },
    ...{ outcome: outcome.is, why: outcome.is === 'as expected' ? '' : outcome.why },
  }
}
