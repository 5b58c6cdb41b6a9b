import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HarnessError } from '../problems.ts'
import { compileProbe } from './compile.ts'

let environment: NodeJS.ProcessEnv = {}
let cache = ''

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'ipc-oracle-test-'))
  environment = { XDG_CACHE_HOME: cache }
})

afterEach(() => rm(cache, { recursive: true, force: true }))

/** A compiler that says this and fails, or makes an empty probe. */
const saying = (text: string, status: number) =>
  `sh -c 'echo "$3 ${text}" >&2; while test $# -gt 1; do test "$1" = -o && : >"$2"; shift; done; exit ${status}' cc`

async function problemWith(cc: string | undefined, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const problem = await compileProbe(cc, { ...environment, ...more }).catch((error: unknown) => error)
  expect(problem).toBeInstanceOf(HarnessError)
  return (problem as HarnessError).message
}

describe('compileProbe', () => {
  it('says what to install where there is no compiler', async () => {
    expect(await problemWith('no-such-cc -m32')).toMatch(
      /`no-such-cc` was not found.*apt-get install gcc.*--cc/,
    )
  })

  it('takes $CC unless told otherwise', async () => {
    expect(await problemWith(undefined, { CC: 'no-such-cc' })).toContain('no-such-cc')
    expect(await problemWith('', { CC: 'no-such-cc' })).toContain('no-such-cc')
    expect(await problemWith('other-cc', { CC: 'no-such-cc' })).toContain('other-cc')
  })

  it('shows why it does not compile', async () => {
    expect(await problemWith(saying('probe.c:1: error: no', 1))).toMatch(
      /does not compile with `sh -c .*error: no/s,
    )
    expect(await readdir(join(cache, 'ipc-oracle'))).toEqual([])
  })

  it('says so where the compiler says nothing', async () => {
    expect(await problemWith('false')).toMatch(
      /does not compile with `false`, which says nothing\. Name another/,
    )
  })

  it('puts libraries behind what needs them', async () => {
    expect(await problemWith(saying('$*', 1).replace(' cc', ' cc -lm -lc'))).toMatch(/\.c -lm -lc\n?/)
  })

  it('knows missing headers and libraries', async () => {
    expect(await problemWith(saying('stdio.h: No such file or directory', 1))).toContain('libc6-dev')
    expect(await problemWith(saying('ld: cannot find -lgcc', 1))).toContain('gcc-multilib')
  })

  it('rejects an open quote', async () => {
    expect(await problemWith("cc '-DX")).toContain('quote')
  })

  it('builds anew with another compiler', async () => {
    const one = await compileProbe(saying('one', 0), environment)
    expect(await compileProbe(saying('one', 0), environment)).toBe(one)
    expect(await compileProbe(saying('two', 0), environment)).not.toBe(one)
  })
})
