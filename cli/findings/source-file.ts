import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../usage-error.ts'
import { FINDING, TRACE } from './finding-folder.ts'

/** The file that a path is about: of a finding's folder its scenario, or its trace. */
export function fileOf(path: string, wanted: 'scenario' | 'trace'): string {
  if (!existsSync(path) || !statSync(path).isDirectory()) return path
  const names = wanted === 'trace' ? [TRACE, FINDING] : [FINDING, TRACE]
  const inside = names.map((name) => join(path, name)).find((file) => existsSync(file))
  if (inside !== undefined) return inside
  throw new UsageError(`${path} is no finding: it holds neither ${FINDING} nor ${TRACE}.`)
}
