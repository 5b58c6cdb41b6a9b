import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'
import { ScenarioSyntaxError } from '../../model/vocabulary/text/parse.ts'
import type { ClaimFamily } from './ledger.ts'
import { type ProgramTrial, ProgramTrialError, parseProgram } from './program-trial.ts'
import { parseTrial, type ScenarioTrial } from './trial.ts'

export type AnyTrial = ScenarioTrial | ProgramTrial

/**
 * The trials of a family by the ids of their claims, from `properties/claims/FAMILY/ID.(supports|refutes)[-N]`, scenarios
 * and C programs. Throws `ScenarioSyntaxError` or `ProgramTrialError`, naming the file.
 */
export function loadTrials(family: ClaimFamily): ReadonlyMap<string, readonly AnyTrial[]> {
  const folder = join(packageRoot, 'properties', 'claims', family)
  const byClaim = new Map<string, AnyTrial[]>()
  for (const file of filesIn(folder)) {
    const [, name = '', id = '', stance, kind] =
      /^((\w+-\d\d)\.(supports|refutes)(?:-\d+)?)\.(scenario|c)$/.exec(file) ?? []
    if (stance !== 'supports' && stance !== 'refutes')
      throw new ScenarioSyntaxError(`${file}: its name must be ID.supports or ID.refutes, .scenario or .c`)
    const text = readFileSync(join(folder, file), 'utf8')
    const read = kind === 'c' ? parseProgram : parseTrial
    byClaim.set(id, [...(byClaim.get(id) ?? []), naming(file, () => read(name, stance, text))])
  }
  return byClaim
}

function naming<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ScenarioSyntaxError) throw new ScenarioSyntaxError(`${file} ${error.message}`)
    if (error instanceof ProgramTrialError) throw new ProgramTrialError(`${file} ${error.message}`)
    throw error
  }
}

/** None where a family has no trials. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
