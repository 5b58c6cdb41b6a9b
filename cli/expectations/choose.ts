import type { ExpectedDeviation } from '../../oracle/expectations/expected-deviation.ts'
import { readExpectations, shippedFile } from './read.ts'

/** The deviations that are expected of a target, and the file that they stand in; none without a file. */
export interface ChosenExpectations {
  readonly file: string | null
  readonly entries: readonly ExpectedDeviation[]
}

/** The word of `--expectations` that asks for none. */
export const NONE = 'none'

/** The expectations in `asked`, or those that come with the package for the target. Throws `UsageError`. */
export async function chooseExpectations(
  asked: string | undefined,
  target: string,
): Promise<ChosenExpectations> {
  const file = asked === NONE ? null : (asked ?? shippedFile(target))
  return { file, entries: file === null ? [] : await readExpectations(file) }
}
