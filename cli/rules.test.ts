import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { aRun } from '../reports/a-run.testing.ts'
import { recorded } from './recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'run.json'), JSON.stringify(aRun()))

const jsonOf = async (...words: readonly string[]): Promise<{ id: string }[]> =>
  JSON.parse((await recorded('rules', '--json', ...words)).out).rules
const ruleIn = async (id: string, ...words: readonly string[]) =>
  (await jsonOf(...words)).find((rule) => rule.id === id)

describe('rules', () => {
  it('lists id, profiles, status, sentence and sources', async () => {
    const { status, out } = await recorded('rules', 'semaphores')
    expect(status).toBe(0)
    expect(out).toMatch(
      /^semop\.dec {2}posix required, linux required\n {4}implemented\n {4}\S.*\n {4}- POSIX/m,
    )
    expect(out).not.toContain('msgsnd.')
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100)
  })

  it('lists what the model does not have, with the reason', async () => {
    const { out } = await recorded('rules', 'messages')
    expect(out).toMatch(
      /^copy\.enosys {2}posix extension, linux required\n {4}not exercised: never: only older/m,
    )
  })

  it('names the other ids of a rule', async () =>
    expect((await recorded('rules', 'processes')).out).toContain(
      'implemented; the same as zombie.pid.held\n',
    ))

  it('lists the rules of every kind of object by the word common', async () => {
    const { out } = await recorded('rules', 'common')
    expect(out).toContain('get.creat  ')
    expect(out).not.toContain('semop.')
  })

  it.each([
    ['semop.dec', { posix: 'required', linux: 'required' }],
    ['rcv.match', { posix: 'allowed', linux: 'required' }],
    ['rcv.fifo', { posix: 'open', linux: 'required' }],
    ['snd.order.not-fifo', { posix: 'open', linux: 'open' }],
    ['semtimedop.zero', { posix: 'extension', linux: 'required' }],
    ['getpgid.negative.einval', { posix: 'allowed', linux: 'never' }],
  ])('%s is %j', async (id, profiles) => expect(await ruleIn(id)).toMatchObject({ profiles }))

  it('prints one JSON object', async () => {
    expect(await ruleIn('semop.dec')).toMatchObject({
      family: 'semaphores',
      strength: 'shall',
      status: 'implemented',
      reason: null,
    })
    expect(await ruleIn('get.enomem')).toMatchObject({
      family: 'common',
      status: 'not exercised',
      reason: 'never: no program can make the kernel run out of memory reliably',
    })
    const rules = await jsonOf()
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })
})

describe('rules --run', () => {
  it('tells how often the run exercised and met each', async () => {
    const { out } = await recorded('rules', '--run', folder)
    expect(out).toMatch(/^semop\.sempid .*\n {4}implemented, exercised 40, met 0\n/m)
    expect(await ruleIn('semop.sempid', '--run', folder)).toMatchObject({ exercised: 40, met: 0 })
  })
})

describe('rules --untested', () => {
  it('tells why the run did not exercise a rule, a line each', async () => {
    const { out } = await recorded('rules', '--untested', folder)
    expect(out).not.toContain('semop.sempid ')
    expect(out).toMatch(/^semop\.dec +a longer run may come to it$/m)
    expect(out).toMatch(/^copy\.enosys +never: only older kernels, other builds or other systems do so$/m)
    expect(out.split('\n').filter((line) => !/^\S+ +\S/.test(line))).toEqual([''])
  })

  it('leaves out the families that the run left out', async () => {
    const { out } = await recorded('rules', '--untested', folder)
    expect(out).not.toContain('shmat.')
    const named = await recorded('rules', 'shared-memory', '--untested', folder)
    expect(named.out).toMatch(/^shmdt\.unknown +generators leave out/m)
    expect(named.out).toMatch(/^shmat\.null\.system-picks +the run left out this family$/m)
  })

  it('without a run lists what no run exercises', async () => {
    const { status, out } = await recorded('rules', '--untested')
    expect(status).toBe(0)
    expect(out).toMatch(/^copy\.enosys +never: only older/m)
    expect(out).not.toContain('semop.dec ')
  })
})
