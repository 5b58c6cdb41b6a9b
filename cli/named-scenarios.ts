import type { Family } from '../model/vocabulary/shape.ts'
import { ScenarioSyntaxError } from '../model/vocabulary/text/parse.ts'
import type { CampaignOptions } from '../properties/agreement/campaign-options.ts'
import { scenarioLibrary } from '../properties/scenarios/library.ts'
import { UsageError } from './usage-error.ts'

/** The scenarios of the library for these families. Throws `UsageError` for one that cannot be read. */
export const namedScenarios = (families: readonly Family[]): CampaignOptions['named'] =>
  families.flatMap((family) => {
    try {
      return scenarioLibrary(family).map(({ name, text }) => ({ name, scenario: text.scenario }))
    } catch (error) {
      if (!(error instanceof ScenarioSyntaxError)) throw error
      throw new UsageError(`a scenario of ${family} in the library cannot be read: ${error.message}`)
    }
  })
