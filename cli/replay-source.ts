import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { initialWorld } from '../model/initial.ts'
import { rootActors, type Scenario } from '../model/vocabulary/scenario.ts'
import { parseScenario, type ScenarioLine, ScenarioSyntaxError } from '../model/vocabulary/text/parse.ts'
import { factsOf } from '../oracle/judge.ts'
import { readTrace } from '../oracle/trace/read-trace.ts'
import { isOverlapping, type OverlappingProgram, programOf } from '../oracle/trace/timed-call.ts'
import type { TraceHeader } from '../oracle/trace/trace.ts'
import { sourcedOf } from '../properties/agreement/source.ts'
import { simpler } from '../properties/arbitraries/shrink.ts'
import { parseProgram } from '../properties/overlapping/program-text.ts'
import { chooseFamilies } from './families.ts'
import { fileProblem } from './file-problem.ts'
import { fileOf } from './findings/source-file.ts'
import { UsageError } from './usage-error.ts'

/** What to replay; what is generated depends on the facts of the target. */
export interface ReplaySource {
  /** Whether calls are to overlap, which takes a probe of its own. */
  readonly overlaps: boolean
  scenarios(header: TraceHeader): Promise<readonly SourceScenario[]>
}

export interface SourceScenario {
  readonly scenario: Scenario
  /** Empty unless it comes from a scenario file. */
  readonly lines: readonly ScenarioLine[]
  /** Where its calls are to overlap. */
  readonly program?: OverlappingProgram
}

export interface SourceOptions {
  readonly seed?: number
  readonly path?: string
  readonly families?: readonly string[]
}

/** The scenarios of a file, or the one of a seed and a path. Throws `UsageError` where there are none. */
export async function loadSource(file: string | undefined, options: SourceOptions): Promise<ReplaySource> {
  const { seed, path, families = [] } = options
  if (file !== undefined) {
    if (seed !== undefined || path !== undefined)
      throw new UsageError('give either a file or --seed and --path, not both.')
    const source = fileOf(file, 'scenario')
    const scenarios = source.endsWith('.ndjson')
      ? await scenariosOfTrace(source)
      : [await sourcedOfText(source)]
    const overlaps = scenarios.some(({ program }) => program !== undefined)
    return { overlaps, scenarios: async () => scenarios }
  }
  if (seed === undefined || path === undefined)
    throw new UsageError(
      'name what to replay: a scenario file, a trace, or --seed N --path PATH as the run printed it.',
    )
  const chosen = chooseFamilies(families, 'replay')
  const [, origin, shrunk] = /^([fs]:\d+)((?::\d+)*)$/.exec(path) ?? []
  if (origin === undefined || shrunk === undefined)
    throw new UsageError(`--path ${path} is no path of a run, which looks like f:12 or f:12:0:3.`)
  const scenarios = async (header: TraceHeader) => {
    const start = initialWorld(factsOf(header), rootActors)
    let scenario = sourcedOf(origin, seed, start, chosen)?.scenario
    // The first number counts fast-check's runs: there is one.
    for (const index of shrunk.split(':').slice(2))
      scenario = scenario === undefined ? undefined : nth(simpler(scenario, start), Number(index))
    if (scenario === undefined)
      throw new UsageError(
        `--path ${path} leads to no scenario of seed ${seed}; were other families run (--families)?`,
      )
    return [{ scenario, lines: [] }]
  }
  return { overlaps: false, scenarios }
}

function nth<T>(values: Iterable<T>, index: number): T | undefined {
  let at = 0
  for (const value of values) if (at++ === index) return value
  return undefined
}

async function sourcedOfText(file: string): Promise<SourceScenario> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${fileProblem(error)}.`)
  })
  try {
    const { scenario, lines } = parseScenario(text)
    const program = parseProgram(text)
    if (scenario.steps.length > 0) return { scenario, lines, ...(program === undefined ? {} : { program }) }
  } catch (error) {
    if (error instanceof ScenarioSyntaxError) throw new UsageError(`${file} ${error.message}`)
    throw error
  }
  throw new UsageError(`${file} holds no step.`)
}

async function scenariosOfTrace(file: string): Promise<readonly SourceScenario[]> {
  try {
    const { recordings } = await readTrace(createReadStream(file), file)
    const scenarios: SourceScenario[] = []
    for await (const recording of recordings) {
      const program = isOverlapping(recording) ? { program: programOf(recording) } : {}
      scenarios.push({ scenario: recording.scenario, lines: [], ...program })
    }
    return scenarios
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new UsageError(`${file} cannot be read: ${fileProblem(error)}.`)
  }
}
