import { type FormName, formNames } from '../model/vocabulary/forms.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'

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

const SUFFIX = '.breaks-target'

export const isBreaking = (rule: string): boolean => rule.endsWith(SUFFIX)

/** All that can be reported so. */
export const breakings: readonly string[] = formNames.map(breaking)

/** The call that a finding without a rule of the model is named after; undefined if it is named after none. */
export const callNamed = (rule: string): FormName | undefined =>
  formNames.find((form) => form === rule || breaking(form) === rule)
