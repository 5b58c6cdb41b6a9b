import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'
import type { ExpectedDeviation } from '../../oracle/expectations/expected-deviation.ts'
import { fileProblem } from '../file-problem.ts'
import { UsageError } from '../usage-error.ts'
import { parseExpectations } from './parse.ts'

/** The file of a target's known deviations that this package has, or null if none are known. */
export function shippedFile(target: string): string | null {
  const file = join(packageRoot, 'harness', 'expectations', `${target}.yaml`)
  return existsSync(file) ? file : null
}

/** The expected deviations in a file and in those that it includes. Throws `UsageError` naming file and line. */
export async function readExpectations(
  file: string,
  including: readonly string[] = [],
): Promise<readonly ExpectedDeviation[]> {
  if (including.includes(file)) throw new UsageError(`${file} includes itself.`)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`the expectations ${file} cannot be read: ${fileProblem(error)}.`)
  })
  const { includes, entries } = parseExpectations(text, file)
  const included: ExpectedDeviation[] = []
  for (const name of includes)
    included.push(...(await readExpectations(join(dirname(file), name), [...including, file])))
  return [...entries, ...included]
}
