import { join } from 'node:path'
import { execa } from 'execa'
import { splitCommand } from '../command-line.ts'
import { librariesOf } from './compiler.ts'
import { onPath } from './on-path.ts'
import { inWorkFolder } from './work-folder.ts'

/** The first compiler that is installed with its library here, so that it makes an executable; undefined if none does. */
export async function chooseCompiler(compilers: readonly string[]): Promise<string | undefined> {
  for (const compiler of compilers) if (await works(compiler)) return compiler
  return undefined
}

const known = new Map<string, boolean>()

async function works(compiler: string): Promise<boolean> {
  const [file = '', ...flags] = splitCommand(compiler)
  if ((await onPath(file)) === undefined) return false
  const before = known.get(compiler)
  if (before !== undefined) return before
  // Not into /dev/null: there are compilers that remove what was there, which root may.
  const failed = await inWorkFolder(async (folder) => {
    const words = [...flags, '-x', 'c', '-', '-x', 'none', '-o', join(folder, 'tried'), ...librariesOf(flags)]
    const options = { reject: false, stdout: 'ignore', stderr: 'ignore', timeout: 60_000 } as const
    return (await execa(file, words, { ...options, input: PROGRAM })).failed
  })
  known.set(compiler, !failed)
  return !failed
}

/** Needs headers of the library and of the kernel, start files and the library itself. */
const PROGRAM = `#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { printf("%d", (int)syscall(__NR_getpid)); return ENOENT != 2; }
`
