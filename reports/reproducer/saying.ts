import type { Call, FormName } from '../../model/vocabulary/forms.ts'
import type { Scenario } from '../../model/vocabulary/scenario.ts'

/** A call as C. */
export interface Said {
  readonly before?: readonly string[]
  /** An expression whose value is the call's, and which sets errno. */
  readonly call: string
  readonly after?: readonly string[]
  /** Members of the shared memory, declared. */
  readonly shared?: readonly string[]
  /** What the call stores into, as a whole. */
  readonly buffer?: string
  /** An expression that is true if it stored nothing; otherwise the buffer is looked at as a whole. */
  readonly untouched?: string
  /** Its outputs by their names: lvalues in the shared memory, or expressions. What is left out is not looked at. */
  readonly out?: Readonly<Record<string, string>>
  /** An expression that is true if what the call may only read is as it was. */
  readonly unchanged?: string
}

/** Where a call stands. */
export interface Place {
  /** From 1: names of buffers end so. */
  readonly number: number
  readonly actor: string
  readonly scenario: Scenario
  /** Bytes were written that the call was not given. */
  readonly clobbered: boolean
}

/** How the calls of a form are said in C, where its description in the vocabulary is not all that it takes. */
export type Saying<N extends FormName = FormName> = (call: Extract<Call, { name: N }>, place: Place) => Said

export type Sayings = { readonly [N in FormName]?: Saying<N> }

/** A poisoned buffer of this C type, and the call that fills it. */
export function filling(
  type: string,
  name: string,
  call: (pointer: string) => string,
  out: (buffer: string) => Readonly<Record<string, string>>,
): Said {
  const buffer = `s->${name}`
  return {
    shared: [`${type} ${name};`],
    call: call(`POISON(${buffer})`),
    buffer,
    out: out(buffer),
  }
}

/** The fields of `struct ipc_perm` by the names of the outputs. */
export const permissions = (at: string): Readonly<Record<string, string>> => ({
  key: `${at}.__key`,
  uid: `${at}.uid`,
  gid: `${at}.gid`,
  cuid: `${at}.cuid`,
  cgid: `${at}.cgid`,
  mode: `${at}.mode`,
})

/** The outputs that are fields of the same name, but for a prefix. */
export const fields = (buffer: string, prefix: string, names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, `${buffer}.${prefix}${name}`]))

/** An address that no process can use. */
export const BAD = '(void *)1'
