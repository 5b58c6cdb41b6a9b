import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { splitCommand } from '../../harness/command-line.ts'
import { packageRoot } from '../../harness/package-root.ts'
import { defineOf, type Lie } from '../../properties/lies/lie.ts'

/** The shared objects of some lies, in a folder that is removed when `use` is over. */
export async function withCompiled<T>(
  lies: readonly Lie[],
  use: (objectOf: (lie: Lie) => string, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-oracle-lies-'))
  const objectOf = ({ name }: Lie) => join(folder, `${name}.so`)
  try {
    const left = [...lies]
    const compileSome = async () => {
      for (let lie = left.pop(); lie !== undefined; lie = left.pop()) await compile(lie, objectOf(lie))
    }
    await Promise.all(Array.from({ length: availableParallelism() }, compileSome))
    return await use(objectOf, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const flags = ['-std=c11', '-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror']

async function compile(lie: Lie, object: string): Promise<void> {
  const [compiler = 'cc', ...own] = splitCommand(process.env.CC ?? 'cc')
  const source = join(packageRoot, 'properties', 'lies', lie.source)
  await execa(compiler, [...own, ...flags, `-D${defineOf(lie)}`, '-o', object, source, '-ldl'])
}
