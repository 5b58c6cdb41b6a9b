import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../harness/problems.ts'
import type { Compiled } from '../../harness/targets/ask-compiler.ts'
import { type Programs, ProgramTrialError, parseProgram, tryProgram } from './program-trial.ts'

const program = (expects: string) =>
  parseProgram('sem-57.supports', 'supports', `// Title\n// expects: ${expects}\n\n#ifdef CLAIM\n#endif\n`)

const running = parseProgram('sem-25.refutes', 'refutes', '// Title\n// expects: seen\n\nint main(void)\n')

const accepted: Compiled = { is: 'accepted' }
const refused: Compiled = { is: 'refused', why: 'error: no' }

/** A compiler that says this where CLAIM is defined, and that where it is not; programs print `output`. */
const workshop = (
  claimed: Compiled,
  control: Compiled,
  output = '',
  status: number | null = 0,
): Programs => ({
  compile: async (_, macros) => (macros.includes('CLAIM') ? claimed : control),
  run: async () => ({ status, output }),
})

describe('a trial that is a program', () => {
  it('has a title, and lines for people', () => {
    expect(program('refused')).toMatchObject({
      ...{ is: 'program', title: 'Title', expects: 'refused', lines: ['#ifdef CLAIM', '#endif'] },
    })
  })

  it.each([
    'int main(void) { return 0; }\n',
    '// Title\nCLAIM\n',
    '// Title\n// expects: nothing\nCLAIM\n',
    '// Title\n// expects: accepted\nint main(void)\n',
    '// Title\n// expects: seen\n#ifdef CLAIM\n',
  ])('is refused where something is wrong: %#', (text) => {
    expect(() => parseProgram('sem-57.supports', 'supports', text)).toThrow(ProgramTrialError)
  })

  it.each([
    ['accepted', accepted, 'as expected'],
    ['accepted', refused, 'otherwise'],
    ['refused', refused, 'as expected'],
    ['refused', accepted, 'otherwise'],
  ] as const)('that should be %s and is: %o', async (expects, claimed, is) => {
    expect((await tryProgram(program(expects), workshop(claimed, accepted))).is).toBe(is)
  })

  it.each(['accepted', 'refused'])('says nothing where the control is refused: %s', async (expects) => {
    expect(await tryProgram(program(expects), workshop(refused, refused))).toEqual({
      is: 'not reached',
      why: 'Refused also where CLAIM is not defined: error: no',
    })
    expect((await tryProgram(program(expects), workshop(accepted, refused))).is).toBe('not reached')
  })

  it.each([
    ['seen', 'as expected'],
    ['not seen', 'otherwise'],
    ['', 'not reached'],
    ['seen seen', 'not reached'],
  ])('that prints `%s`', async (printed, is) => {
    expect((await tryProgram(running, workshop(accepted, accepted, printed))).is).toBe(is)
  })

  it.each([1, null])('that does not end well: %s', async (status) => {
    expect((await tryProgram(running, workshop(accepted, accepted, 'seen', status))).is).toBe('not reached')
  })

  it('says nothing where compiler or program fail', async () => {
    const fails = () => Promise.reject(new HarnessError('It fails.'))
    for (const trial of [program('accepted'), running])
      expect(await tryProgram(trial, { compile: fails, run: fails })).toEqual({
        ...{ is: 'not reached', why: 'It fails.' },
      })
  })
})
