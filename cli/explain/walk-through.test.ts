import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recordedIn } from '../recorded-io.testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-walk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = join(folder, 'two.scenario')
writeFileSync(
  file,
  '# Two receivers\nQ = msgget(private)\nB: msgrcv(Q, 8)\nC: msgrcv(Q, 8)\nA: msgsnd(Q, 1, 8)\nC: getppid()\n',
)

const walk = (...typed: readonly string[]) =>
  recordedIn({ columns: 80, colour: false, typed }, 'explain', '--step', file)

/** What is shown behind each prompt. */
const answers = (out: string) => out.split(/^\? .*\n/m)

describe('explain --step', () => {
  it('shows the first step, what is allowed there and by which rules, and ends with the input', async () => {
    const { status, out } = await walk()
    expect(status).toBe(0)
    expect(out).toMatch(
      /^Two receivers\n\nStep 1 of 5 {2}A: Q = msgget\(private\)\n {2}> 1 {2}A returns the id of Q\n/,
    )
    expect(out).toMatch(/\nnext, back, rules, quit, help\n\? \n$/)
  })

  it('goes on, and says what the step left behind', async () => {
    const [, second, third] = answers((await walk('next', '')).out)
    expect(second).toMatch(/^ {2}-> A returns the id of Q\n {5}Q \[\]\n\nStep 2 of 5 {2}B: msgrcv/)
    expect(third).toContain('     Q [], asleep: B\n')
  })

  it('goes on with the outcome that the steps behind need, or with another one', async () => {
    const { out } = await walk('', '', '', '', '')
    expect(answers(out)[3]).toMatch(
      /\n {4}1 {2}A returns 0; B returns 8 [\s\S]*\n {2}> 2 {2}A returns 0; C returns 8/,
    )
    expect(answers(out)[3]).toContain('1-2 another outcome')
    expect(answers(out)[4]).toMatch(/-> A returns 0; C returns 8 .*\n {5}Q \[\], asleep: B\n/)
    expect(answers(out)[5]).toContain('This is the end of the scenario.')
    expect(answers((await walk('', '', '', '1')).out)[4]).toContain('-> A returns 0; B returns 8')
  })

  it('goes back, and on another way', async () => {
    const { out } = await walk('', '', '', '1', 'back', '2')
    expect(answers(out)[4]).toContain('It ends here: step 5 cannot be made: C is inside msgrcv(Q, 8) here.')
    expect(answers(out)[5]).toContain('Step 4 of 5')
    expect(answers(out)[6]).toContain('Step 5 of 5  C: getppid()')
  })

  it('says what the rules say', async () => {
    const { out } = await walk('', 'rules')
    expect(answers(out)[2]).toMatch(
      /^ {2}msgrcv\.block {2}posix required, linux required\n {4}Without IPC_NOWAIT/,
    )
  })

  it('answers what cannot be done', async () => {
    const [, back, seven, word, help] = answers((await walk('b', '7', 'sideways', 'help', 'q')).out)
    expect(back).toBe('This is the first step.\n')
    expect(seven).toBe('There is no outcome 7: choose from 1 to 1.\n')
    expect(word).toBe('`sideways` is no command; `help` lists them.\n')
    expect(help).toContain('back, b              take the last step back')
  })

  it('ends where it is told to', async () => {
    expect((await walk('', 'quit', '', '')).out).not.toContain('Step 3')
  })
})
