import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readKtap } from '../read-ktap.testing.ts'
import { programsInC } from './programs-in-c.testing.ts'

/** Compilers with what they are asked for: each standard and each level of optimisation once. */
const compilers = [
  'gcc -std=c11 -O2 -Wall -Wextra -Werror -pedantic',
  'gcc -std=c99 -O0 -Wall -Wextra -Werror',
  'clang -std=c11 -O2 -Wall -Wextra -Werror -pedantic',
  'clang -std=gnu17 -O0 -Wall -Wextra -Werror',
  'musl-gcc -std=gnu17 -O2 -Wall -Wextra -Werror',
  'tcc -Wall -Werror',
]

interface Ended {
  readonly status: number
  readonly output: string
}

const run = (command: string, words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(command, words, { timeout: 60_000 }, (error, out, errors) =>
      resolve({
        status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        output: out + errors,
      }),
    )
  })

/** So many at a time as there are processors. */
async function each<T, R>(all: readonly T[], what: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  const left = all.entries()
  const work = async () => {
    for (const [at, one] of left) results[at] = await what(one)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return results
}

describe('the C programs of findings', () => {
  let folder = ''
  const plain = programsInC()
  const ktap = programsInC(true)
  /** tcc has no atomic operations, which programs of calls that overlap take. */
  const withoutAtomics = plain.filter(({ text }) => !text.includes('__atomic'))
  const file = (name: string) => join(folder, name)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ipc-oracle-programs-'))
    for (const { name, text } of plain) await writeFile(file(`${name}.c`), text)
    for (const { name, text } of ktap) await writeFile(file(`${name}.ktap.c`), text)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.for(compilers)('are built without a warning by %s', async (words, { skip }) => {
    const [compiler = '', ...flags] = words.split(' ')
    if (spawnSync(compiler, ['--version']).error !== undefined) skip(`there is no ${compiler} here`)
    const built = await each(compiler === 'tcc' ? withoutAtomics : plain, ({ name }) =>
      run(compiler, [...flags, '-c', '-o', file(`${name}.${compiler}.o`), file(`${name}.c`)]),
    )
    expect(built.map(({ output }) => output).join('')).toBe('')
    expect(built.filter(({ status }) => status !== 0)).toEqual([])
  })

  it('print KTAP that conforms, and one test of the name of the rule', async () => {
    const ended = await each(ktap, async ({ name }) => {
      const built = await run('cc', ['-std=c11', '-pthread', '-o', file(name), file(`${name}.ktap.c`)])
      return built.status === 0 ? run(file(name), name.startsWith('overlapping') ? ['300'] : []) : built
    })
    for (const [at, { status, output }] of ended.entries()) {
      const [test, ...others] = readKtap(output)
      const name = ktap[at]?.name ?? ''
      expect({ ...test, others }, output).toMatchObject({ name, ok: true, others: [] })
      expect([0, KSFT_SKIP], output).toContain(status)
      expect(test?.directive === 'SKIP').toBe(status === KSFT_SKIP)
    }
    expect(ended.filter(({ status }) => status === 0).length).toBeGreaterThan(ended.length / 2)
  })

  it.each([
    [
      'alone-semaphores',
      'semctl(S, 0, SETALL, (union semun){ .array = (unsigned short[3]){ 1,',
      'semctl(S, 0, SETALL, (union semun){ .array = (unsigned short[3]){ 2,',
    ],
    ['sleepers-woken', 'filled(1, 3, 97)', 'filled(2, 3, 97)'],
    ['overlapping-messages', 'filled(1, 4, 97)', 'filled(1, 4, 98)'],
  ])('say in KTAP that a test fails, and what was seen: %s', async (name, right, wrong) => {
    const text = ktap.find((each) => each.name === name)?.text ?? ''
    expect(text).toContain(right)
    await writeFile(file(`${name}.wrong.c`), text.replace(right, wrong))
    expect(await run('cc', ['-std=c11', '-o', file(`${name}.wrong`), file(`${name}.wrong.c`)])).toEqual({
      status: 0,
      output: '',
    })
    const { status, output } = await run(file(`${name}.wrong`), [])
    expect(status, output).toBe(1)
    expect(readKtap(output)).toMatchObject([{ name, ok: false }])
    expect(output).toMatch(/^# .*(expected|came out)/m)
  })
})

/** Of kselftest. */
const KSFT_SKIP = 4
