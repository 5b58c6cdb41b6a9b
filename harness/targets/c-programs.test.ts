import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { splitCommand } from '../command-line.ts'
import { HarnessError } from '../problems.ts'
import { createPrograms } from './c-programs.ts'

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

const programs = (script: string, within = 20) =>
  createPrograms({ compiler: compiler(script), prefix: ['sh'], environment: {}, within })

const making = (program: string) => `echo "${program}" >$out; chmod +x $out`

const problemOf = async (answer: Promise<unknown>) => {
  const problem = await answer.catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(HarnessError)
  return (problem as HarnessError).message
}

describe('a program', () => {
  it('is accepted where one comes out', async () => {
    expect(await programs(making('exit 0')).compile('', [])).toEqual({ is: 'accepted' })
  })

  it.each([
    'program.c:3:2: error: no member',
    'ld: program.c: undefined reference to a',
    'ld.lld: error: undefined symbol: a',
  ])('is refused where the compiler complains: %s', async (line) => {
    const complaining = programs(`echo program.c: In function main: >&2; echo "${line}" >&2; exit 1`)
    expect(await complaining.compile('', [])).toEqual({ is: 'refused', why: line })
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
    expect(await problemOf(programs(script).compile('', []))).toContain('neither makes a program nor says')
  })

  it('is compiled with its macros', async () => {
    const picky = createPrograms({
      compiler: splitCommand(`sh -c 'case "$*" in *-DONE*) echo "error: ONE" >&2;; esac; exit 1' cc`),
      ...{ prefix: [], environment: {}, within: 20 },
    })
    expect(await picky.compile('', ['ONE'])).toEqual({ is: 'refused', why: 'error: ONE' })
    expect(await problemOf(picky.compile('', ['TWO']))).toContain('it says nothing')
  })

  it('says what it prints', async () => {
    expect(await programs(making('echo one two')).run('')).toBe('one two')
  })

  it.each([
    ['fails', making('echo seen; exit 3'), 'exited with status 3'],
    ['is killed', making('echo seen; kill -9 \\$\\$'), 'was killed by SIGKILL'],
    ['never ends', making('echo seen; exec sleep 1000'), 'ran for 1 s'],
    [
      'does not compile',
      'echo "program.c:1: error: no" >&2; exit 1',
      'does not compile: program.c:1: error: no',
    ],
  ])('says nothing where it %s', async (_, script, problem) => {
    expect(await problemOf(programs(script, 1).run(''))).toContain(problem)
  })

  it('needs a compiler', async () => {
    const none = createPrograms({ compiler: ['no-such-cc'], prefix: [], environment: {}, within: 1 })
    expect(await problemOf(none.compile('', []))).toContain('`no-such-cc` was not found')
  })
})
