import { commonForms } from './forms/common.ts'
import { messageForms } from './forms/messages.ts'
import { processForms } from './forms/processes.ts'
import { semaphoreForms } from './forms/semaphores.ts'
import { memoryForms } from './forms/shared-memory.ts'
import type { ArgumentTypes, Form } from './shape.ts'

/**
 * Every form, in the order that numbers it on the wire. The part of a name before the dot is the C function, the
 * part after it the command (or the variant). Sources of the prototypes: POSIX.1-2024 System Interfaces and the
 * Linux manual pages of section 2.
 */
export const forms = {
  ...semaphoreForms,
  ...messageForms,
  ...memoryForms,
  ...processForms,
  ...commonForms,
} as const satisfies Record<string, Form>

export type FormName = keyof typeof forms

type ArgumentsOf<F extends Form> = {
  readonly [A in F['arguments'][number] as A['name']]: ArgumentTypes[A['kind']]
}

type Made<F extends Form> = F extends { readonly makes: string } ? { readonly as: string } : unknown

/** A call of one form, as plain data: `{ name: 'semctl.GETVAL', set: 'S', semnum: 0 }`. */
export type CallOf<N extends FormName> = { readonly name: N } & ArgumentsOf<(typeof forms)[N]> &
  Made<(typeof forms)[N]>

/** Any call of the vocabulary. */
export type Call = { [N in FormName]: CallOf<N> }[FormName]

export const formNames = Object.keys(forms) as FormName[]

export const formOf = (name: FormName): Form => forms[name]

/** The number of a form on the wire between harness and probe. */
export const formNumber: Readonly<Record<FormName, number>> = Object.fromEntries(
  formNames.map((name, number) => [name, number]),
) as Record<FormName, number>

/** The C function of a form: `semctl` of `semctl.GETVAL`. */
export const functionOf = (name: FormName): string => functions.get(name) ?? name

const functions: ReadonlyMap<FormName, string> = new Map(
  formNames.map((name) => [name, name.replace(/\..*$/, '')]),
)
