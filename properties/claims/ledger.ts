import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'

/** What claims are about, in the order in which they are listed; trials exist for the first five. */
export const claimFamilies = [
  'semaphores',
  'messages',
  'shared-memory',
  'processes',
  'common',
  'pipes',
  'descriptors',
  'posix-shared-memory',
  'sockets',
] as const

export type ClaimFamily = (typeof claimFamilies)[number]

/** What the ledger says about a claim. `imprecise`: right in some situations, wrong in others. */
export const ledgerVerdicts = ['holds', 'does not hold', 'imprecise', 'not checkable'] as const

export type LedgerVerdict = (typeof ledgerVerdicts)[number]

/** Something that study notes say about the calls. */
export interface Claim {
  /** Permanent, `sem-22`; also the name of its trials' files. */
  readonly id: string
  readonly family: ClaimFamily
  /** Which of the notes 1 to 4 make the claim. */
  readonly notes: readonly number[]
  /** Ids of claims that say something else. */
  readonly contradicts: readonly string[]
  readonly verdict: LedgerVerdict
  /** Why there is no trial; empty where there is one. */
  readonly untried: string
  readonly sentence: string
}

/** A ledger that cannot be read; the message names the line and says what is wrong. */
export class LedgerError extends Error {
  override name = 'LedgerError'
}

/** The ledger of this package, `properties/claims/ledger.tsv`. Throws `LedgerError`. */
export const loadLedger = (): readonly Claim[] =>
  readLedger(readFileSync(join(packageRoot, 'properties', 'claims', 'ledger.tsv'), 'utf8'))

/**
 * Reads a ledger: a heading, then one claim a line, its columns (see `Claim`) separated by tabs, lists by blanks, `-`
 * for nothing. Throws `LedgerError`.
 */
export function readLedger(text: string): readonly Claim[] {
  const [heading, ...rows] = text.trimEnd().split('\n')
  if (heading !== HEADING)
    throw new LedgerError(`line 1: the columns must be ${HEADING.replaceAll('\t', ', ')}`)
  const claims = rows.map((row, index) => readClaim(row, index + 2))
  const known = new Set<string>()
  for (const { id } of claims) {
    if (known.has(id)) throw new LedgerError(`${id} stands there twice: give one of them another id`)
    known.add(id)
  }
  for (const { id, contradicts } of claims)
    for (const other of contradicts)
      if (!known.has(other)) throw new LedgerError(`${id} contradicts ${other}, which is no claim`)
  return claims
}

const HEADING = 'id\tfamily\tnotes\tcontradicts\tverdict\tuntried\tsentence'

function readClaim(row: string, line: number): Claim {
  const cells = row.split('\t')
  if (cells.length !== 7) throw new LedgerError(`line ${line}: seven columns are due, not ${cells.length}`)
  const [
    id = '',
    familyWord = '',
    notesWord = '',
    others = '',
    verdictWord = '',
    untried = '',
    sentence = '',
  ] = cells
  const family = claimFamilies.find((each) => each === familyWord)
  const verdict = ledgerVerdicts.find((each) => each === verdictWord)
  const notes = words(notesWord).map(Number)
  if (!/^[a-z]+-\d\d$/.test(id)) throw new LedgerError(`line ${line}: \`${id}\` is no id such as sem-01`)
  if (family === undefined) throw new LedgerError(`line ${line}: there is no family \`${familyWord}\``)
  if (verdict === undefined)
    throw new LedgerError(`line ${line}: \`${verdictWord}\` is no verdict (${ledgerVerdicts.join(', ')})`)
  if (notes.length === 0 || !notes.every((note) => [1, 2, 3, 4].includes(note)))
    throw new LedgerError(`line ${line}: \`${notesWord}\` are no notes (1 to 4)`)
  if (!/^\S.*\.$/.test(sentence)) throw new LedgerError(`line ${line}: the claim is no sentence`)
  return {
    ...{ id, family, notes, verdict, sentence },
    contradicts: words(others),
    untried: untried === '-' ? '' : untried,
  }
}

const words = (cell: string) => (cell === '-' ? [] : cell.split(' '))
