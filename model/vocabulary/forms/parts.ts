import { slotForms } from '../names.ts'
import type { Argument, Form, Names, Output, OutputKind } from '../shape.ts'

/** An argument of a form; one with `otherwise` may be left out of a scenario's text and then has that value. */
export function arg<const N extends string, const K extends Argument['kind']>(
  name: N,
  kind: K,
  names?: Names,
  otherwise?: unknown,
): { readonly name: N; readonly kind: K; readonly names?: Names; readonly otherwise?: unknown } {
  return {
    name,
    kind,
    ...(names === undefined ? {} : { names }),
    ...(otherwise === undefined ? {} : { otherwise }),
  }
}

/** One number that a call hands out beside its return value. */
export function out(name: string, kind: OutputKind): Output {
  return { name, kind }
}

/** The commands that describe an object by its identifier: who may do what with it, then the `outputs` of its kind. */
export function listed<const F extends Form['family']>(family: F, outputs: readonly Output[]) {
  return {
    family,
    arguments: [arg('object', 'id')],
    reach: 'objects',
    value: 'int',
    outputs: [...permissionOutputs(), ...outputs],
  } as const
}

/** The fields of `struct ipc_perm`. */
export function permissionOutputs(): Output[] {
  return [
    out('key', 'int'),
    out('uid', 'user'),
    out('gid', 'user'),
    out('cuid', 'user'),
    out('cgid', 'user'),
    out('mode', 'int'),
  ]
}

/** The commands of Linux's ipcs that describe the object in a slot and return its identifier. */
export function bySlot<const F extends Form['family'], const N extends string>(
  family: F,
  object: N,
  outputs: readonly Output[],
) {
  return {
    family,
    arguments: [arg(object, 'id'), arg('given', 'int', slotForms, 0)],
    reach: 'objects',
    value: 'id',
    outputs,
  } as const
}

/** Those about all objects of the namespace: any identifier that is not negative does. */
export function aboutAll<const F extends Form['family'], const N extends string>(
  family: F,
  object: N,
  outputs: readonly Output[],
) {
  return {
    family,
    arguments: [arg(object, 'id', undefined, 0)],
    reach: 'objects',
    value: 'int',
    outputs,
  } as const
}

/** A command that takes nothing but the object, such as removal. */
export function onObject<const F extends Form['family'], const N extends string>(family: F, object: N) {
  return { family, arguments: [arg(object, 'id')], reach: 'objects', value: 'int', outputs: [] } as const
}

/** A control call with a command number that the kernel need not know. */
export function otherCommand<const F extends Form['family'], const N extends string>(family: F, object: N) {
  return {
    family,
    arguments: [arg(object, 'id'), arg('command', 'int')],
    reach: 'objects',
    value: 'int',
    outputs: [],
  } as const
}

/** A control call whose buffer is at an address that cannot be used. */
export function onBadBuffer<const F extends Form['family'], const N extends string>(
  family: F,
  object: N,
  commands: Names,
) {
  return {
    family,
    arguments: [arg(object, 'id'), arg('buffer', 'int', commands)],
    reach: 'objects',
    value: 'int',
    outputs: [],
  } as const
}
