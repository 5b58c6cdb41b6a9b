import type { Call } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import { parseCall, parseScenario } from '../../model/vocabulary/text/parse.ts'
import type { World } from '../../model/world.ts'
import type { Alphabet } from './alphabet.ts'

/** Which names a program has used so far. Whoever is named next is the first that is left. */
export interface Naming {
  /** How many of the alphabet's actors and objects. */
  readonly actors: number
  readonly objects: number
  /** Variables that calls of the program made. */
  readonly made: readonly string[]
}

/** A step that may be made, and the names that are in use after it. */
export interface Proposal {
  readonly step: Step
  readonly naming: Naming
}

/** A call of an alphabet: its text around the placeholder, and the letter of what it makes. */
interface Template {
  readonly before: string
  readonly placeholder: string
  readonly after: string
  readonly makes: string
}

/** An alphabet that is ready to be used. */
export interface Stage {
  readonly alphabet: Alphabet
  readonly prelude: readonly Step[]
  readonly calls: readonly Template[]
  readonly looks: readonly { readonly by: string; readonly template: Template }[]
  readonly parsed: Map<string, Call>
}

const PLACEHOLDER = /\?(process|other|object|attachment)\b/

/** Reads an alphabet. Throws an error that names the line that cannot be read. */
export function stageOf(alphabet: Alphabet): Stage {
  return {
    alphabet,
    prelude: parseScenario(alphabet.prelude.flatMap((line) => spread(line, alphabet)).join('\n')).scenario
      .steps,
    calls: alphabet.calls.map(templateOf),
    looks: alphabet.looks.map((line) => {
      const [by = '', call = ''] = line.split(': ')
      return { by, template: templateOf(call) }
    }),
    parsed: new Map(),
  }
}

const EACH = 'each: '

const spread = (line: string, { actors }: Alphabet): readonly string[] =>
  line.startsWith(EACH) ? actors.map((actor) => `${actor}: ${line.slice(EACH.length)}`) : [line]

function templateOf(text: string): Template {
  const [, makes = '', call = ''] = /^(?:(\w+) = )?(.*)$/.exec(text) ?? []
  const [before = '', placeholder = '', after = ''] = call.split(PLACEHOLDER)
  if (PLACEHOLDER.test(after)) throw new Error(`one placeholder a call is enough: ${text}`)
  return { before, placeholder, after, makes }
}

/** The first names: of the alphabet's actors and objects none, and what the prelude made. */
export function firstNaming({ alphabet, prelude }: Stage): Naming {
  const made = prelude.flatMap(({ call }) => ('as' in call ? [call.as] : []))
  const single = alphabet.prelude.filter((line) => !line.startsWith(EACH))
  const used = alphabet.actors.filter((actor) => single.some((line) => line.startsWith(`${actor}: `)))
  return { actors: used.length, objects: 0, made }
}

/** The letter of the variables that stand for forked processes. */
const PROCESS = 'E'

/** The processes of the program, and the first actor that was not named yet. */
export const castOf = ({ alphabet }: Stage, { actors, made }: Naming): readonly string[] => [
  ...alphabet.actors.slice(0, actors + 1),
  ...forked(made),
]

const forked = (made: readonly string[]) => made.filter((name) => name.startsWith(PROCESS))

/** Every call of the alphabet that `actor` may make, with each meaning of its placeholder. */
export function* proposals(stage: Stage, naming: Naming, actor: string, world: World): Generator<Proposal> {
  for (const template of stage.calls) yield* bound(stage, template, naming, actor, world)
}

/** The calls that a template stands for. */
export function* bound(
  stage: Stage,
  template: Template,
  naming: Naming,
  actor: string,
  world: World,
): Generator<Proposal> {
  const { alphabet } = stage
  const withCaller = named(alphabet, naming, actor)
  if (template.makes === PROCESS && forked(naming.made).length >= alphabet.forks) return
  const as = template.makes === '' ? '' : fresh(template.makes, naming.made)
  for (const name of meanings(stage, template, withCaller, actor, world)) {
    const { actors, objects, made } = named(alphabet, withCaller, name)
    yield {
      step: { actor, call: callOf(stage, template, name, as) },
      naming: { actors, objects, made: as === '' ? made : [...made, as] },
    }
  }
}

/** The naming once a name was used, which may be the first that was left. */
const named = ({ actors, objects }: Alphabet, naming: Naming, name: string): Naming => ({
  actors: naming.actors + (actors[naming.actors] === name ? 1 : 0),
  objects: naming.objects + (objects[naming.objects] === name ? 1 : 0),
  made: naming.made,
})

function meanings(
  stage: Stage,
  { placeholder }: Template,
  naming: Naming,
  actor: string,
  world: World,
): readonly string[] {
  switch (placeholder) {
    case '':
      return ['']
    case 'process':
      return castOf(stage, naming)
    case 'other':
      return castOf(stage, naming).filter((name) => name !== actor)
    case 'object':
      return stage.alphabet.objects.slice(0, naming.objects + 1)
    default:
      return Object.keys(world.processes[actor]?.attachments ?? {})
  }
}

function fresh(letter: string, made: readonly string[]): string {
  const count = made.filter((name) => name.startsWith(letter)).length
  return count === 0 ? letter : `${letter}${count + 1}`
}

function callOf({ parsed }: Stage, { before, after }: Template, name: string, as: string): Call {
  const text = `${as === '' ? '' : `${as} = `}${before}${name}${after}`
  const known = parsed.get(text)
  if (known !== undefined) return known
  const call = parseCall(text)
  parsed.set(text, call)
  return call
}
