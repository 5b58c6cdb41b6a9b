import { readFile, writeFile } from 'node:fs/promises'
import { isSeq, LineCounter, parseDocument, YAMLSeq } from 'yaml'
import type { DeviationRecord, TargetRecord } from '../../oracle/run.ts'
import type { StaleExpectation } from '../../reports/reported-run.ts'
import { placeOf } from './place.ts'

/** What a proposal would change. */
export interface Proposal {
  readonly text: string
  readonly added: number
  readonly deleted: number
}

/**
 * The expectations file with an entry for every deviation that it does not expect, and without those that no longer
 * occur. Comments stay. The new entries lack their cause, and as long as they do the file is refused.
 */
export function propose(
  text: string,
  file: string,
  target: TargetRecord,
  stale: readonly StaleExpectation[],
  profile: string,
): Proposal {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const found = document.get('expected')
  const list = isSeq(found) ? found : new YAMLSeq()
  const gone = new Set(stale.map(({ at }) => at))
  const before = list.items.length
  list.items = list.items.filter((item) => !gone.has(placeOf(item, lines, file)))
  const deleted = before - list.items.length
  const unexpected = target.deviations.filter(({ expected }) => !expected)
  for (const deviation of unexpected)
    list.items.push(document.createNode(entryFor(deviation, target, profile)))
  document.set('expected', list)
  return { text: document.toString({ lineWidth: 110 }), added: unexpected.length, deleted }
}

/** Writes the proposal beside the file it is about, or for a target without one in the current folder; where it is. */
export async function writeProposal(
  file: string | null,
  target: TargetRecord,
  stale: readonly StaleExpectation[],
  profile: string,
): Promise<Proposal & { readonly written: string }> {
  const written = `${file ?? `${target.name}.yaml`}.proposed`
  const text = file === null ? `# Known deviations of ${target.name}.\n` : await readFile(file, 'utf8')
  const proposal = propose(text, file ?? '', target, stale, profile)
  await writeFile(written, proposal.text)
  return { ...proposal, written }
}

const entryFor = (
  { rule, scenario }: DeviationRecord,
  { version, kernel }: TargetRecord,
  profile: string,
) => ({
  rule,
  reason: `TODO: the cause, established from the target's source, tracker or changelog`,
  link: '',
  since: version ?? kernel,
  ...(profile === 'linux' ? {} : { profile }),
  scenario,
})

/** What a written proposal is, for people. */
export const proposalWords = (
  { written, added, deleted }: Proposal & { readonly written: string },
  target: string,
): string =>
  `Proposed expectations of ${target} are in ${written}: ${added} added, each to be given its cause; ${deleted} deleted.\n`
