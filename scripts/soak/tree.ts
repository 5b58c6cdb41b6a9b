import { chmod, chown, cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../harness/package-root.ts'

/** A copy of the package, and how to run it. */
export interface Tree {
  readonly root: string
  /** A folder that the user who runs it may write to. */
  readonly home: string
  /** Command words that start another command as that user. */
  readonly prefix: readonly string[]
}

/** The user nobody of Debian and most others. */
const NOBODY = 65534

const parts = ['bin', 'dist', 'package.json', 'node_modules', 'harness/probe', 'properties/scenarios']

/**
 * A copy of the package that the user nobody can read, and a home for that user; undefined where we are not root, so
 * that every run is without privileges anyhow.
 */
export async function openTree(folder: string): Promise<Tree | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const root = join(folder, 'tree')
  const home = join(folder, 'home')
  for (const part of parts) await cp(join(packageRoot, part), join(root, part), { recursive: true })
  await mkdir(home)
  await chown(home, NOBODY, NOBODY)
  await chmod(folder, 0o755)
  const user = `${NOBODY}`
  return { root, home, prefix: ['setpriv', '--reuid', user, '--regid', user, '--clear-groups'] }
}
