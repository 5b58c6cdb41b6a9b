import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { litmusFolder } from '../../properties/litmus/library.ts'
import { recorded, recordedIn } from '../recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-outcomes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(litmusFolder, 'semaphores', 'older-sleeper-first.litmus')

const changed = (from: string, to: string) => {
  const its = join(folder, `${to.length}.litmus`)
  writeFileSync(its, readFileSync(file, 'utf8').replace(from, to))
  return its
}

describe('explain --outcomes', () => {
  it('tells every end that each profile allows, one way there, and whether the condition holds', async () => {
    const { status, out } = await recordedIn({ columns: 80, colour: false }, 'explain', '--outcomes', file)
    expect(status).toBe(0)
    expect(out).toBe(`older-sleeper-first
Of two sleepers with the same array the older one gets the post: Linux promises
it, POSIX does not.

  A: S = semget(private, 1)
  B: semop(S, [0 -1])
  C: semop(S, [0 -1])

  A
  semop(S, [0 +1])

Profile linux: 1 end in 1 way
   1  :> A.1=0; C.0=asleep;
         by A.1

Profile posix: 2 ends in 2 ways
   1  *> A.1=0; B.0=asleep; C.0=0;
         by A.1
   1  :> A.1=0; B.0=0; C.0=asleep;
         by A.1

~exists C.0 = 0
  linux  holds (Never): true of 0 of 1 end; claimed: Never
  posix  does not hold (Sometimes): true of 1 of 2 ends; claimed: Sometimes
`)
  })

  it('is what a litmus file is explained by', async () => {
    expect((await recorded('explain', file)).out).toBe((await recorded('explain', file, '--outcomes')).out)
  })

  it('is narrowed to a profile, and prints one JSON object', async () => {
    const { out } = await recorded('explain', file, '--profile', 'posix', '--json')
    expect(JSON.parse(out)).toMatchObject({
      name: 'older-sleeper-first',
      condition: '~exists C.0 = 0',
      profiles: [
        {
          ...{ profile: 'posix', observation: 'Sometimes', valid: false, claim: 'Sometimes', ways: 2 },
          ends: [{ holds: true, witness: ['A.1'], ways: 1, end: { 'C.0': 0 } }, { holds: false }],
        },
      ],
    })
  })

  it('prints one way to an end as a scenario', async () => {
    const { out } = await recorded('explain', file, '--profile', 'posix', '--witness', '1')
    expect(out).toBe(`# older-sleeper-first: A.1
A: S = semget(private, 1)        -> ok
B: semop(S, [0 -1])              -> blocks
C: semop(S, [0 -1])              -> blocks
A: semop(S, [0 +1])              -> 0
C: returns                       -> 0
`)
  })

  it('ends like a deviation where the file claims something else', async () => {
    const { status, out } = await recorded('explain', changed('linux = Never', 'linux = Always'))
    expect(status).toBe(1)
    expect(out).toContain('linux  holds (Never): true of 0 of 1 end; claimed: Always')
  })

  it.each([
    [[changed('= 0\n', '= 0 /\\\n')], 'line 16, column 19: expected a name such as A.1, S[0] or Q.qnum'],
    [[file, '--witness', '3'], '--witness 3: profile linux allows 1 end.'],
    [[file, '--step'], '--step is about scenarios; leave it out for a litmus file.'],
    [[file, '--as', 'svg'], '--as is about scenarios: draw one that --witness N prints.'],
    [['semop.dec', '--outcomes'], '--outcomes takes a .litmus file.'],
    [[join(folder, 'none.litmus')], 'none.litmus cannot be read: no such file or folder.'],
  ])('refuses %j', async (words, problem) => {
    const { status, err } = await recorded('explain', ...words)
    expect(status).toBe(2)
    expect(err).toContain(problem)
  })
})
