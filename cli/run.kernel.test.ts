import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportedRun } from '../reports/reported-run.ts'
import { recorded } from './recorded-io.testing.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-run-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A C library whose GETVAL is one less than it should be, above 1. */
const lie = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <sys/sem.h>
int semctl(int id, int number, int command, ...)
{
	int (*real)(int, int, int, void *) = dlsym(RTLD_NEXT, "semctl");
	va_list rest;
	va_start(rest, command);
	int result = real(id, number, command, va_arg(rest, void *));
	va_end(rest);
	return command == GETVAL && result > 1 ? result - 1 : result;
}
`

/** The options that run the probe with the lying library. */
function lying(): readonly string[] {
  const library = join(folder, 'lie.so')
  if (!existsSync(library)) {
    writeFileSync(join(folder, 'lie.c'), lie)
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, join(folder, 'lie.c'), '-ldl'])
  }
  return ['--wrap', `env LD_PRELOAD=${library}`]
}

const runOf = (text: string): ReportedRun => JSON.parse(text)

describe('run', () => {
  it('finds nothing on a host that conforms, and stores nothing unasked', async () => {
    const { status, out } = await recorded('run', 'semaphores', '--time', '2s', '--seed', '1', '--json')
    const { verdict, seed, targets } = runOf(out)
    expect({ verdict, seed, status }).toEqual({ verdict: 'conforms', seed: 1, status: 0 })
    expect(targets[0]).toMatchObject({ name: 'host', deviations: [], errors: [] })
    expect(targets[0]?.scenarios).toBeGreaterThan(50)
  })

  it('attaches a C program that was tried, in a folder that can be replayed and reproduced', async () => {
    const out = join(folder, 'programs')
    await recorded('run', 'semaphores', '--time', '2s', '--seed', '1', '--out', out, ...lying())
    const [found] = runOf(readFileSync(join(out, 'run.json'), 'utf8')).targets[0]?.deviations ?? []
    expect(found?.reproducer).toMatchObject({
      confirmed: true,
      reason: '',
      tried: [{ status: 1 }, { status: 0 }],
    })
    const place = join(out, dirname(found?.file ?? ''))
    expect(readdirSync(place).sort()).toEqual([
      ...['environment.json', 'finding.scenario', 'picture.svg', 'reproducer.c'],
      ...['trace.ndjson', 'verdict.json'],
    ])
    expect((await recorded('replay', place, ...lying())).status).toBe(1)
    expect((await recorded('replay', place)).status).toBe(0)
    const again = await recorded('reproduce', place, '--check', '--kselftest', ...lying())
    expect(again).toMatchObject({ status: 0, err: expect.stringContaining('not ok 1') })
    expect(again.out).toContain('KTAP version 1')
  })

  it('reports a lying library with minimal scenario, file and replay command that show it again', async () => {
    const out = join(folder, 'lies')
    const ran = await recorded('run', 'semaphores', '--time', '2s', '--seed', '1', '--out', out, ...lying())
    expect(ran.status).toBe(1)
    expect(ran.out).toMatch(/host deviates from profile linux: .*\(seed 1\)\./s)
    expect(readdirSync(out).sort()).toEqual(['environment.json', 'findings', 'run.json'])
    const [found] = runOf(readFileSync(join(out, 'run.json'), 'utf8')).targets[0]?.deviations ?? []
    expect(found?.scenario.split('\n').filter((line) => /^[A-Z]: /.test(line)).length).toBeLessThan(6)

    const file = join(out, found?.file ?? '')
    expect((await recorded('replay', file, ...lying())).status).toBe(1)
    expect((await recorded('replay', file)).status).toBe(0)
    expect((await recorded('check', join(dirname(file), 'trace.ndjson'))).status).toBe(1)
    expect((await recorded('report', out)).out).toBe(ran.out)

    const expectations = join(folder, 'known.yaml')
    const rules = new Set(
      runOf(readFileSync(join(out, 'run.json'), 'utf8')).targets[0]?.deviations.map(({ rule }) => rule),
    )
    writeFileSync(
      expectations,
      `expected:\n  - { rule: [${[...rules].join(', ')}], reason: the library lies }\n`,
    )
    const stale = await recorded(
      'run',
      'semaphores',
      '--time',
      '2s',
      '--seed',
      '1',
      '--expectations',
      expectations,
    )
    expect(stale.status).toBe(1)
    expect(stale.out).toContain('does not any more. Delete')
  })

  it('says what is missing where there is no compiler', async () => {
    const { status, out } = await recorded('run', '--cc', 'no-such-compiler', '--time', '1s')
    expect(status).toBe(3)
    expect(out).toContain('`no-such-compiler` was not found')
    expect(out).toContain('Inconclusive: target host ran no scenario.')
  })
})

describe('replay', () => {
  it('prints each step with what was seen, allowed, and why', async () => {
    const file = join(folder, 'wake.scenario')
    writeFileSync(
      file,
      '# A post wakes a sleeper\nS = semget(private, 1) -> ok\nB: semop(S, [0 -1]) -> blocks\nA: semop(S, [0 +1]) -> 0\nB: returns -> 0\n',
    )
    const { status, out } = await recorded('replay', file, '--repeat', '5')
    expect(status).toBe(0)
    expect(out).toContain('A returns 0; B returns 0')
    expect(out).toMatch(/host conforms to profile linux in 5 runs\.\n$/)
  })

  it('holds the target to what the file expects', async () => {
    const file = join(folder, 'wrong.scenario')
    writeFileSync(file, 'S = semget(private, 1) -> ok\nsemctl(S, 0, GETVAL) -> 1\n')
    const { status, out } = await recorded('replay', file)
    expect(status).toBe(1)
    expect(out).toContain('the file expects something else in line 2')
    expect(out).toContain('does what profile linux allows, but not what the file expects')
  })

  it('generates the scenario of a seed and a path', async () => {
    const { status, out } = await recorded(
      'replay',
      '--seed',
      '1',
      '--path',
      'f:3',
      '--families',
      'semaphores',
      '--json',
    )
    expect(status).toBe(0)
    expect(JSON.parse(out).replayed[0].steps.length).toBeGreaterThan(0)
  })
})

it('targets tells how the host would be tested', async () => {
  const { status, out } = await recorded('targets', 'host')
  expect(status).toBe(0)
  expect(out).toMatch(/^host: can run/)
  expect(out).toMatch(/system {5}\S/)
  expect((await recorded('targets', '--cc', 'no-such-compiler')).status).toBe(3)
})
