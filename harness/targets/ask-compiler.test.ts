import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { splitCommand } from '../command-line.ts'
import { HarnessError } from '../problems.ts'
import { askCompiler } from './ask-compiler.ts'

let cache = ''

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'ipc-oracle-test-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})

afterEach(async () => {
  expect(await readdir(join(cache, 'ipc-oracle'))).toEqual([])
  vi.unstubAllEnvs()
  await rm(cache, { recursive: true, force: true })
})

/** A compiler that does this with `$out`, the program that it is to make. */
const compiler = (script: string) =>
  splitCommand(`sh -c 'while test $# -gt 1; do test "$1" = -o && out=$2; shift; done; ${script}' cc`)

const answer = (script: string) => askCompiler(compiler(script), '', [])

const problemOf = async (answer: Promise<unknown>) => {
  const problem = await answer.catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(HarnessError)
  return (problem as HarnessError).message
}

describe('a program', () => {
  it('is accepted where one comes out', async () => {
    expect(await answer('echo program >$out')).toEqual({ is: 'accepted' })
  })

  it.each([
    'program.c:3:2: error: no member',
    'ld: program.c: undefined reference to a',
    'ld.lld: error: undefined symbol: a',
  ])('is refused where the compiler complains: %s', async (line) => {
    const script = `echo program.c: In function main: >&2; echo "${line}" >&2; exit 1`
    expect(await answer(script)).toEqual({ is: 'refused', why: line })
  })

  it.each([
    ['says nothing', 'exit 1'],
    ['makes nothing', 'exit 0'],
    ['makes an empty file', ': >$out'],
    ['is killed', 'kill -9 $$'],
    ['breaks down', 'echo "program.c:1: internal compiler error: no" >&2; exit 1'],
    ['has no library', 'echo "ld: error: cannot find -lc" >&2; exit 1'],
    ['has an unknown status', 'echo "program.c:1: error: no" >&2; exit 4'],
  ])('is neither accepted nor refused by a compiler that %s', async (_, script) => {
    expect(await problemOf(answer(script))).toContain('neither makes a program nor says')
  })

  it('is compiled with its macros', async () => {
    const picky = splitCommand(`sh -c 'case "$*" in *-DONE*) echo "error: ONE" >&2;; esac; exit 1' cc`)
    expect(await askCompiler(picky, '', ['ONE'])).toEqual({ is: 'refused', why: 'error: ONE' })
    expect(await problemOf(askCompiler(picky, '', ['TWO']))).toContain('it says nothing')
  })

  it('needs a compiler', async () => {
    expect(await problemOf(askCompiler(['no-such-cc'], '', []))).toContain('`no-such-cc` was not found')
  })
})
