import { HarnessError } from '../../harness/problems.ts'
import type { Compiled } from '../../harness/targets/ask-compiler.ts'
import type { TriedProgram } from '../../harness/targets/try-program.ts'
import type { TrialOutcome } from './hold-against.ts'
import type { Trial } from './trial.ts'

/**
 * A trial that is a C program. `accepted`, `refused`: what the compiler makes of it where CLAIM is defined; where it is
 * not, it is the same program without what the claim is about, and must be accepted. `seen`: what it prints when it runs.
 */
export interface ProgramTrial extends Trial {
  readonly is: 'program'
  readonly expects: (typeof expectations)[number]
  readonly source: string
}

const expectations = ['accepted', 'refused', 'seen'] as const

/** What a target makes of programs. */
export interface Programs {
  compile(source: string, macros: readonly string[]): Promise<Compiled>
  run(source: string): Promise<TriedProgram>
}

/** A program that is no trial; the message says why. */
export class ProgramTrialError extends Error {
  override name = 'ProgramTrialError'
}

/** Reads a trial: a program that begins with the lines `// TITLE` and `// expects: accepted`. Throws `ProgramTrialError`. */
export function parseProgram(name: string, stance: Trial['stance'], text: string): ProgramTrial {
  const [, title = '', word] = /^\/\/ (.+)\n\/\/ expects: (\w+)\n/.exec(text) ?? []
  const expects = expectations.find((each) => each === word)
  if (expects === undefined)
    throw new ProgramTrialError(`must begin with // TITLE and // expects: ${expectations.join(', ')}`)
  if ((expects === 'seen') === /\bCLAIM\b/.test(text))
    throw new ProgramTrialError('must ask for CLAIM if it is compiled, and must not if it runs')
  const lines = text.split('\n').filter((line, index) => index > 1 && line.trim() !== '')
  return { is: 'program', name, stance, title, expects, source: text, lines }
}

/** Lets the compiler, or the target, say how the trial comes out. */
export async function tryProgram(trial: ProgramTrial, programs: Programs): Promise<TrialOutcome> {
  try {
    return await (trial.expects === 'seen' ? runs(trial, programs) : compiles(trial, programs))
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    return { is: 'not reached', why: error.message }
  }
}

async function runs({ source }: ProgramTrial, programs: Programs): Promise<TrialOutcome> {
  const { status, output } = await programs.run(source)
  const printed = output.trim()
  if (status === 0 && printed === 'seen') return { is: 'as expected' }
  if (status === 0 && printed === 'not seen') return { is: 'otherwise', why: 'The program says so.' }
  const how = status === null ? '' : `, status ${status}`
  return { is: 'not reached', why: `The program says: ${printed.slice(0, CHARACTERS_MAX)}${how}` }
}

const CHARACTERS_MAX = 200

async function compiles({ source, expects }: ProgramTrial, programs: Programs): Promise<TrialOutcome> {
  const compiled = await programs.compile(source, ['CLAIM'])
  const without = await programs.compile(source, [])
  if (without.is === 'refused')
    return { is: 'not reached', why: `Refused also where CLAIM is not defined: ${without.why}` }
  if (compiled.is === expects) return { is: 'as expected' }
  return { is: 'otherwise', why: compiled.is === 'refused' ? compiled.why : 'The compiler accepts it.' }
}
