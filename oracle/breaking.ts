import { type FormName, formNames } from '../model/vocabulary/forms.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'

const SUFFIX = '.breaks-target'

/**
 * Under what it is reported that a call hangs or ends the system that it is made on. The model has no such rule: whatever
 * a call may do, it leaves others be.
 */
export const breaking = (call: FormName): string => `${call}${SUFFIX}`

/** The same of the last step of a scenario. */
export function breakingOf({ steps }: Scenario): string {
  const last = steps.at(-1)
  return last === undefined ? '' : breaking(last.call.name)
}

export const isBreaking = (rule: string): boolean => rule.endsWith(SUFFIX)

/** That the target breaks now and then, under scenarios that do no harm when they are run again: known of a target, or not settled. */
export const SOMETIMES = `sometimes${SUFFIX}`

/** All that can be reported so, or expected. */
export const breakings: readonly string[] = [...formNames.map(breaking), SOMETIMES]

/** The call that a finding without a rule of the model is named after; undefined if it is named after none. */
export const callNamed = (rule: string): FormName | undefined =>
  formNames.find((form) => form === rule || breaking(form) === rule)
