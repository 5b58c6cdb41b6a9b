import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../harness/package-root.ts'

export const ownVersion = (): string =>
  String(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version)
