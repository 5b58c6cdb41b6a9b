import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { rules } from '../../model/catalogue/rules.ts'
import { recorded, recordedIn } from '../recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-explain-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function explain(text: string, ...options: readonly string[]) {
  const file = join(folder, 'a.scenario')
  writeFileSync(file, text)
  return recorded('explain', file, ...options)
}

const twoReceivers = `# Two receivers, one message
Q = msgget(private)
B: msgrcv(Q, 8)
C: msgrcv(Q, 8)
A: msgsnd(Q, 1, 8)  -> 0
C: returns          -> 8
`

describe('explain FILE', () => {
  it('says what each profile allows, by which rules, and what follows', async () => {
    const { status, out } = await explain(twoReceivers)
    expect(status).toBe(0)
    expect(out).toMatch(/^Two receivers, one message\n/)
    expect(out).toContain('  4   A: msgsnd(Q, 1, 8)\n        A returns 0; B returns 8')
    expect(out).toMatch(/A returns 0; B returns 8 .*\s{2}both\s{2}/)
    expect(out).toMatch(/ {6}> A returns 0; C returns 8 .*\s{2}posix\s{2}/)
    expect(out).toContain('followed: the file expects it')
    expect(out).toContain('        then Q [], asleep: B\n')
    expect(out).toMatch(/\n {2}rcv\.fifo {2}posix open, linux required\n {4}Of several sleeping receivers/)
  })

  it('goes back for a way that meets what the file expects later', async () => {
    const met = await explain(
      `${twoReceivers.replace(/C: returns.*\n/, '')}C: msgsnd(Q, 1, 8) -> 0\n`,
      '--json',
    )
    expect(JSON.parse(met.out).steps[3].allowed).toMatchObject([{ followed: false }, { followed: true }])
  })

  it('follows what Linux documents where the file expects nothing', async () => {
    const { out } = await explain(twoReceivers.replaceAll(/->.*|C: returns.*\n/g, ''))
    expect(out).toContain('      > A returns 0; B returns 8')
    expect(out).toContain('followed: it is what Linux documents')
  })

  it('is narrowed to a profile', async () => {
    const { out } = await explain(twoReceivers.replace(/C: returns.*\n/, ''), '--profile', 'linux')
    expect(out).not.toContain('C returns 8')
    expect(out).toContain('What profile linux allows')
  })

  it('says so where the file expects what is not allowed', async () => {
    const { out } = await explain('S = semget(private, 1) -> ok\nB: semop(S, [0 -1]) -> 0\n')
    expect(out).toContain('Line 2 of the file expects what is not allowed: B: semop(S, [0 -1]) -> 0')
  })

  it('ends where an actor is asleep', async () => {
    const { out } = await explain('S = semget(private, 1)\nsemop(S, [0 -1])\nsemop(S, [0 +1])\n')
    expect(out).toContain(
      'The explanation ends here: step 3 cannot be made: A is inside semop(S, [0 -1]) here.',
    )
  })

  it.each([40, 80, 132])('fits %i columns', async (columns) => {
    const file = join(folder, 'wide.scenario')
    writeFileSync(file, twoReceivers)
    const { out } = await recordedIn({ columns, colour: false }, 'explain', file)
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns)
  })

  it('prints one JSON object', async () => {
    const { out } = await explain('S = semget(private, 0)\n', '--json', '--profile', 'posix')
    expect(JSON.parse(out)).toMatchObject({
      profiles: ['posix'],
      steps: [
        {
          step: 1,
          call: 'A: S = semget(private, 0)',
          allowed: [{ words: 'A returns -1 EINVAL', profiles: ['posix'], followed: true }],
          because: 'only',
        },
      ],
      rules: [{ id: 'semget.nsems.zero-create', cites: [expect.stringContaining('POSIX.1-2024')] }],
    })
  })
})

describe('explain FILE --as', () => {
  it('prints a diagram', async () => {
    const { status, out } = await explain(twoReceivers, '--as', 'diagram')
    expect(status).toBe(0)
    expect(out).toMatch(/ {2}4 {4}●────░───▶○ {3}A: msgsnd\(Q, 1, 8\)\n/)
  })

  it('draws a picture, into a file if one is named', async () => {
    expect((await explain(twoReceivers, '--as', 'svg')).out).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /,
    )
    const file = join(folder, 'two=receivers.svg')
    const { out, err } = await explain(twoReceivers, '--as', `svg=${file}`)
    expect([out, err]).toEqual(['', `The picture is in ${file}.\n`])
    expect(readFileSync(file, 'utf8')).toContain(
      '<title id="space-time-title">Two receivers, one message</title>',
    )
  })

  it.each([
    ['postscript', 'there is no format `postscript`: choose from table, diagram, svg.'],
    ['svg=', '--as svg=: a file can hold diagram=FILE or svg=FILE.'],
    ['svg=/nowhere/at.all', '/nowhere/at.all cannot be written: no such file or folder.'],
  ])('refuses %s', async (as, problem) => {
    const { status, err } = await explain(twoReceivers, '--as', as)
    expect(status).toBe(2)
    expect(err).toContain(problem)
  })
})

describe('explain RULE', () => {
  it('says what the rule demands of each profile, how firmly, and where that is written', async () => {
    const { status, out } = await recorded('explain', 'semop.dec')
    expect(status).toBe(0)
    expect(out).toMatch(/^semop\.dec {2}POSIX requires it\n {4}\S.*\n {4}- POSIX\.1-2024 semop/)
    expect(out).toContain('  posix  required: anything else deviates\n')
  })

  it('names the scenarios, the targets and the lies that are about it', async () => {
    const { out } = await recorded('explain', 'semop.sempid')
    expect(out).toContain('Scenarios about it\n  semaphores/sempid-of-each\n')
    expect(out).toContain('Other scenarios that come by it\n  semaphores/')
    expect(out).toContain('Targets known to deviate\n  - gvisor (since 20221219): ')
    expect(out).toContain('  - sempid-of-the-set: a completed array records')
  })

  it('says why a rule is not exercised', async () => {
    const rule = rules.find(({ reason }) => reason !== null)
    const { out } = await recorded('explain', rule?.id ?? '')
    expect(out).toContain('Not exercised: ')
  })

  it('suggests the rules that are nearest to an unknown one', async () => {
    const { status, err } = await recorded('explain', 'semop.efibg')
    expect(status).toBe(2)
    expect(err).toMatch(
      /there is no rule and no file `semop\.efibg`\. Rules with a similar id: semop\.efbig, /,
    )
  })

  it('prints one JSON object', async () => {
    const { out } = await recorded('explain', 'rcv.fifo', '--json')
    expect(JSON.parse(out)).toMatchObject({
      id: 'rcv.fifo',
      profiles: { posix: 'open', linux: 'required' },
      scenarios: { about: expect.arrayContaining(['messages/receivers-in-order']) },
    })
  })
})
