import { readFile } from 'node:fs/promises'
import type { LitmusTest } from '../../properties/litmus/litmus-test.ts'
import { parseLitmus } from '../../properties/litmus/parse-litmus.ts'
import { LitmusSyntaxError } from '../../properties/litmus/place.ts'
import { fileProblem } from '../file-problem.ts'
import { UsageError } from '../usage-error.ts'

export const isLitmusFile = (word: string): boolean => word.endsWith('.litmus')

/** The litmus test in a file. Throws `UsageError` naming file, line and column. */
export async function readLitmus(file: string): Promise<LitmusTest> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${fileProblem(error)}.`)
  })
  try {
    return parseLitmus(text)
  } catch (error) {
    if (error instanceof LitmusSyntaxError) throw new UsageError(`${file} ${error.message}.`)
    throw error
  }
}
