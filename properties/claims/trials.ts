import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'
import { ScenarioSyntaxError } from '../../model/vocabulary/text/parse.ts'
import type { ClaimFamily } from './ledger.ts'
import { parseTrial, type Trial } from './trial.ts'

/**
 * The trials of a family by the ids of their claims, from `properties/claims/FAMILY/ID.(supports|refutes)[-N].scenario`.
 * Throws `ScenarioSyntaxError` naming the file.
 */
export function loadTrials(family: ClaimFamily): ReadonlyMap<string, readonly Trial[]> {
  const folder = join(packageRoot, 'properties', 'claims', family)
  const byClaim = new Map<string, Trial[]>()
  for (const file of filesIn(folder)) {
    const [, name = '', id = '', stance] =
      /^((\w+-\d\d)\.(supports|refutes)(?:-\d+)?)\.scenario$/.exec(file) ?? []
    if (stance !== 'supports' && stance !== 'refutes')
      throw new ScenarioSyntaxError(`${file}: its name must be ID.supports.scenario or ID.refutes.scenario`)
    try {
      const trial = parseTrial(name, stance, readFileSync(join(folder, file), 'utf8'))
      byClaim.set(id, [...(byClaim.get(id) ?? []), trial])
    } catch (error) {
      throw error instanceof ScenarioSyntaxError ? new ScenarioSyntaxError(`${file} ${error.message}`) : error
    }
  }
  return byClaim
}

/** None where a family has no trials. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
