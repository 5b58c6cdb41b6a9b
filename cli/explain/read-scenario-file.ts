import { readFile } from 'node:fs/promises'
import { parseScenario, ScenarioSyntaxError, type ScenarioText } from '../../model/vocabulary/text/parse.ts'
import { fileProblem } from '../file-problem.ts'
import { UsageError } from '../usage-error.ts'
import { nearestRules } from './nearest-rules.ts'

/** The scenario in a file, where `what` is no rule. Throws `UsageError` where there is none, or no step in it. */
export async function readScenarioFile(what: string): Promise<ScenarioText> {
  const text = await readFile(what, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UsageError(nothingNamed(what))
    throw new UsageError(`${what} cannot be read: ${fileProblem(error)}.`)
  })
  try {
    const parsed = parseScenario(text)
    if (parsed.scenario.steps.length > 0) return parsed
  } catch (error) {
    if (error instanceof ScenarioSyntaxError) throw new UsageError(`${what} ${error.message}`)
    throw error
  }
  throw new UsageError(`${what} holds no step.`)
}

function nothingNamed(what: string): string {
  const near = nearestRules(what)
  return [
    `there is no rule and no file \`${what}\`.`,
    ...(near.length === 0 ? [] : [`Rules with a similar id: ${near.join(', ')}.`]),
    '`ipc-oracle rules` lists the rules.',
  ].join(' ')
}
