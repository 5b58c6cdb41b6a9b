import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { aRun } from '../reports/a-run.testing.ts'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-program-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('wrong usage ends with status 2 and a sentence that says what is allowed', () => {
  it.each([
    [['bogus'], "unknown command 'bogus'"],
    [['run', '--bogus'], "unknown option '--bogus'\nSee `ipc-oracle run --help`."],
    [
      ['run', 'signals'],
      'there is no family `signals`: choose from semaphores, messages, shared-memory, processes',
    ],
    [
      ['claims', 'moon'],
      'there is no family `moon`: choose from semaphores, messages, shared-memory, processes, common',
    ],
    [['claims', '--profile', 'posix'], "unknown option '--profile'"],
    [['run', '--profile', 'bsd'], 'there is no profile `bsd`: choose from linux, posix'],
    [['run', '--target', 'moon'], 'there is no target `moon`: choose from host'],
    [
      ['run', '--mode', 'overlapping', '--exhaustive'],
      '--mode overlapping has neither --exhaustive nor --shard',
    ],
    [['run', '--repeat', '3'], '--repeat takes .litmus files or --mode overlapping'],
    [['run', '--entry', 'vdso'], 'Allowed choices are libc, syscall'],
    [['run', '--time', '5x'], '--time takes a duration such as 500ms, 60s'],
    [['run', '--time', '0s'], '--time takes a duration'],
    [['run', '--scenarios', '1.5'], '--scenarios takes a whole number from 1 to'],
    [['run', '--scenarios', '5', '--time', '5s'], 'give either --scenarios or --time'],
    [['run', '--seed', '-1'], '--seed takes a whole number from 0 to 2147483647'],
    ...['0/2', '3/2', 'x', '1/', '1/2/3', '-1/2', '1.5/2'].map((word): [string[], string] => [
      ['run', '--seed', '1', '--shard', word],
      `--shard takes K/N, the K-th of N parts (such as 2/3), not \`${word}\`.`,
    ]),
    [['run', '--shard', '1/2'], '--shard needs --seed N, the same for every part'],
    [['run', '--exhaustive', '--shard', '1/2'], '--exhaustive has no --shard'],
    [['run', '--cc', "gcc 'x"], '--cc: A quote is not closed'],
    [['run', '--wrap', ' '], '--wrap takes a command'],
    [
      ['run', '--report', 'xml'],
      'there is no report format `xml` (did you mean `html`?): choose from console, json, junit, ktap, markdown, html, kcidb. See',
    ],
    [['run', '--origin', 'My CI'], '--origin takes a name of lower-case letters, digits and underscores'],
    [['run', '--report', 'json='], 'names no file'],
    [['run', '--json', '--report', 'console'], 'only one report can go to standard output'],
    [
      ['run', '--report', 'json=/proc/nowhere/run.json'],
      '--report to /proc/nowhere/run.json is not possible: no such file',
    ],
    [['run', '--expectations', '/nowhere'], 'the expectations /nowhere cannot be read: no such file'],
    [
      ['run', '--out', '/dev/null/run'],
      '--out /dev/null/run cannot be used: a part of the path is no folder',
    ],
    [['run', '--kernel', '/nowhere'], '--kernel /nowhere cannot be used: no such file or folder'],
    [['run', '--kernel', '/tmp'], '--kernel takes a file, and /tmp is a folder'],
    [
      ['run', '--kernel', '/etc/passwd', '--modules', '/etc/passwd'],
      '--modules takes a folder, and /etc/passwd is none',
    ],
    [['run', '--target', 'kernel'], 'target kernel boots the image that --kernel names, and none is named'],
    [
      ['run', '--target', 'host', '--kernel', '/etc/passwd'],
      '--kernel boots target kernel; leave out --target',
    ],
    [['run', '--target', 'gvisor', '--memory', '128'], 'target gvisor does not understand --memory'],
    [['run', '--target', 'host,'], 'there is no target ``: choose from host'],
    [['run', '--out', '/proc/run'], '--out /proc/run cannot be used: no such file or folder'],
    [['check'], "missing required argument 'trace'"],
    [['check', '/nowhere.ndjson'], '/nowhere.ndjson cannot be read: no such file'],
    [['check', '--format', 'strace', 'x'], 'x cannot be read'],
    [['replay'], 'name what to replay'],
    [['replay', '--seed', '1', '--path', 'zz'], '--path zz is no path of a run'],
    [['replay', '/nowhere.scenario'], '/nowhere.scenario cannot be read: no such file'],
    [['explain', 'semop.nonsense'], 'Rules with a similar id: semop.'],
    [['rules', 'nonsense'], 'there is no family `nonsense`'],
    [['rules', '--untested', '/nowhere'], 'There is no run in /nowhere'],
    [['report'], "missing required argument 'run'"],
    [['report', '/nowhere'], 'There is no run in /nowhere'],
    [['report', '/nowhere', '--as', 'pdf'], 'there is no report format `pdf`'],
    [['targets', 'moon'], 'there is no target `moon`'],
  ])('%j', async (words, sentence) => {
    const { status, out, err } = await recorded(...words)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain(sentence)
  })

  it('no command at all', async () => {
    const { status, err } = await recorded()
    expect(status).toBe(2)
    expect(err).toContain('Usage: ipc-oracle')
  })
})

describe('--help', () => {
  it.each([
    'run',
    'check',
    'replay',
    'explain',
    'rules',
    'targets',
    'report',
  ])('of %s goes to standard output and ends with an example', async (command) => {
    const { status, out, err } = await recorded(command, '--help')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(out).toMatch(new RegExp(`Example: ipc-oracle ${command} .*\\n( +ipc-oracle ${command} .*\\n)*$`))
  })

  it('lists every command', async () => {
    const { status, out } = await recorded('--help')
    expect(status).toBe(0)
    expect(out).toContain('Exit status: 0 conforms')
  })
})

describe('a file that cannot be used is named with what is wrong in it', () => {
  it.each([
    [
      'a.scenario',
      'A: semop(S, [0 -1], more)\n',
      ['replay'],
      'a.scenario line 1: semop takes 2 arguments, not 3',
    ],
    ['b.scenario', '# nothing\n', ['replay'], 'b.scenario holds no step'],
    ['c.scenario', 'A: frob()\n', ['explain'], 'c.scenario line 1: unknown call `frob`'],
    ['run.json', '{"verdict":', ['report'], 'run.json is not JSON'],
    [
      'part.json',
      JSON.stringify({ ...aRun(), shard: { number: 3, of: 2 } }),
      ['report'],
      'part.json is no record of a run: field `shard` is missing or wrong',
    ],
    ['other.json', '{"verdict": "fine"}', ['report'], 'other.json is no record of a run: field `verdict`'],
    [
      'd.expect',
      'expected:\n  - { rule: semop.nope, reason: because }\n',
      ['run', '--expectations'],
      'd.expect line 2: there is no rule `semop.nope`',
    ],
    [
      'e.expect',
      '# known\n\nexpected: [{ rule: semop.sempid }]\n',
      ['run', '--expectations'],
      'e.expect line 3: semop.sempid lacks the reason',
    ],
  ])('%s', async (name, text, words, sentence) => {
    const file = join(folder, name)
    writeFileSync(file, text)
    const { status, err } = await recorded(...words, file)
    expect(status).toBe(2)
    expect(err).toContain(sentence)
  })

  it('a folder that holds a run already is left as it is', async () => {
    const { status, err } = await recorded('run', '--out', folder)
    expect(status).toBe(2)
    expect(err).toContain('holds a run already')
  })
})
