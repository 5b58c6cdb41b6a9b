import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'
import type { Family } from '../../model/vocabulary/shape.ts'
import { parseScenario, type ScenarioText } from '../../model/vocabulary/text/parse.ts'

/** A scenario of the library: one idea, with what to expect and the rules that it shows. */
export interface NamedScenario {
  /** `semaphores/a-post-wakes-a-sleeper`. */
  readonly name: string
  readonly text: ScenarioText
}

/** The named scenarios of a family, by name. */
export function scenarioLibrary(family: Family): readonly NamedScenario[] {
  return [join('properties', 'scenarios', family), join('properties', 'regressions', family)].flatMap(
    readFolder,
  )
}

/** Where it is written down what POSIX allows in the named scenarios of a family: see `latitude`. */
export const latitudeFile = (family: Family): string =>
  join(packageRoot, 'properties', 'scenarios', family, 'posix.allows')

/** What is written there, by the scenario's name. */
export function readLatitude(family: Family): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  let block: string[] = []
  for (const line of readFileSync(latitudeFile(family), 'utf8').split('\n')) {
    if (!line.startsWith(' ')) {
      block = []
      found.set(line, block)
    }
    block.push(line)
  }
  return found
}

function readFolder(folder: string): readonly NamedScenario[] {
  const path = join(packageRoot, folder)
  let files: string[]
  try {
    files = readdirSync(path).filter((file) => file.endsWith('.scenario'))
  } catch {
    return []
  }
  return files.sort().map((file) => ({
    name: `${folder.split('/').at(-1)}/${file.replace('.scenario', '')}`,
    text: parseScenario(readFileSync(join(path, file), 'utf8')),
  }))
}
