import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'
import type { LitmusTest } from './litmus-test.ts'
import { parseLitmus } from './parse-litmus.ts'

export const litmusFolder = join(packageRoot, 'properties', 'litmus')

/** The litmus tests of this package by file, as `semaphores/lost-wake-up`. */
export const litmusLibrary = (): ReadonlyMap<string, LitmusTest> =>
  new Map(
    readdirSync(litmusFolder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.litmus'))
      .sort()
      .map((file) => [
        file.replace(/\.litmus$/, ''),
        parseLitmus(readFileSync(join(litmusFolder, file), 'utf8')),
      ]),
  )
