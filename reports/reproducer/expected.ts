import type { Expected, Kind } from '../../model/expected.ts'
import type { OutputKind } from '../../model/vocabulary/shape.ts'
import type { World } from '../../model/world.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { number, pid, variable } from './words.ts'

/** What the numbers of a step can be held against. */
export interface Known {
  readonly header: TraceHeader
  /** Names of objects whose identifier was seen in an earlier step. */
  readonly seen: ReadonlySet<string>
  readonly actors: readonly string[]
  /** After the step. */
  readonly world: World
}

/** A C expression that is true if `c` is what is expected; empty if nothing is. */
export function isExpected(c: string, expected: Expected, kind: OutputKind, known: Known): string {
  if (typeof expected !== 'object')
    return `${expected < 0 || expected > 0x7fffffff ? `(long long)${c}` : c} == ${literal(expected, kind, known)}`
  if (!('is' in expected)) return isList(c, expected)
  switch (expected.is) {
    case 'anything':
      return ''
    case 'untouched':
      return `UNTOUCHED(${c})`
    case 'atLeast':
      return `${c} >= ${number(expected.least)}`
    case 'atMost':
      return `${c} <= ${number(expected.most)}`
    case 'key':
      return `${c} == ${expected.of < 0 ? number(expected.of) : `KEY(${expected.of})`}`
    case 'time':
      return `within(${c}, ${expected.step})`
    case 'id':
      return known.seen.has(expected.of)
        ? `${c} == ${variable(expected.of)}`
        : isFresh(c, { of: expected.of, kind: undefined }, known)
    case 'new id':
      return isFresh(c, expected, known)
    case 'slot':
      return `${c} == ${highest(expected.of)}`
    case 'pid':
      return expected.of === 'init'
        ? `${c} == s->main`
        : known.actors.includes(expected.of)
          ? `${c} == ${pid(expected.of)}`
          : `${c} > 0`
    case 'pid again':
      return ''
    case 'descriptor':
      return `${c} >= 0`
    case 'made':
      return ''
    case 'address':
      return isAddress(c, expected, known)
  }
}

/** The own ids of whoever runs the reproducer. */
function literal(value: number | bigint, kind: OutputKind, { header }: Known): string {
  if (kind === 'user' && value === header.identity.uid) return 's->uid'
  if (kind === 'user' && value === header.identity.gid) return 's->gid'
  return number(value)
}

interface Fresh {
  readonly of: string
  readonly kind: Kind | undefined
}

function isFresh(c: string, { of, kind }: Fresh, { world, seen }: Known): string {
  const alike = Object.keys(world[kind ?? kindOf(of, world)])
  const others = alike.filter((name) => name !== of && seen.has(name))
  return [`${c} >= 0`, ...others.map((name) => `${c} != ${variable(name)}`)].join(' && ')
}

const kindOf = (name: string, { sets, queues }: World): Kind =>
  name in sets ? 'sets' : name in queues ? 'queues' : 'segments'

const highest = ([first = '', ...others]: readonly string[]): string =>
  others.reduce(
    (most, name) => `(${most} > (${variable(name)} & 0x7fff) ? ${most} : (${variable(name)} & 0x7fff))`,
    `(${variable(first)} & 0x7fff)`,
  )

function isAddress(
  c: string,
  { of, offset }: { readonly of: string; readonly offset: number },
  { seen, world }: Known,
): string {
  const base = of === 'arena' ? 'ARENA' : seen.has(of) ? variable(of) : ''
  if (base === '') {
    const others = besides(of, world).filter((name) => seen.has(name))
    return [
      `${c} > 0 && ${c} % (long long)sysconf(_SC_PAGESIZE) == ${offset}`,
      ...others.map((name) => `${c} != address_of(${variable(name)})`),
    ].join(' && ')
  }
  return `${c} == address_of(${offset === 0 ? base : `${base} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`})`
}

/** What else is attached, where the kernel has put it, in the process that has this attachment. */
const besides = (variable: string, { processes }: World): readonly string[] =>
  Object.values(processes).flatMap(({ attachments }) =>
    variable in attachments
      ? Object.entries(attachments).flatMap(([name, { at, pieces }]) =>
          name !== variable && at.base === name && at.offset === 0 && pieces[0]?.first === 0 ? [name] : [],
        )
      : [],
  )

/** Equal neighbours are compared at once. */
function isList(c: string, values: readonly number[]): string {
  const runs: { from: number; to: number; value: number }[] = []
  for (const [at, value] of values.entries()) {
    const last = runs.at(-1)
    if (last !== undefined && last.value === value) last.to = at + 1
    else runs.push({ from: at, to: at + 1, value })
  }
  const each = runs.map(({ from, to, value }) =>
    to - from === 1 ? `${c}[${from}] == ${value}` : `all_are(${c}, ${from}, ${to}, ${value})`,
  )
  return [...each, `UNTOUCHED(${c}[${values.length}])`].join(' && ')
}
