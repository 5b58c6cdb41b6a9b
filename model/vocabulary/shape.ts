/**
 * The shape of the vocabulary: one *form* for each way of calling (a multiplexed call such as semctl has a
 * form for each command). Generators, the probe's encoding, printers, the scenario text and the importers of
 * foreign traces derive from the forms, so that a call is described once.
 */

/** A 64-bit integer: a number while it is exact, a bigint beyond 2^53. Equal values have equal representations. */
export type Long = number | bigint

/** An IPC identifier: the variable that received it, or a literal such as -1. */
export type IdArgument = string | number

/**
 * `'private'` (IPC_PRIVATE) or the n-th key of the run, n >= 1: the harness adds a base that nobody else uses. A negative
 * number is that very key, which takes an IPC namespace of the probe's own.
 */
export type KeyArgument = 'private' | number

/** A pid argument: `'B'` a process, `'-B'` the process group led by B, or a literal such as 0, -1 or INT_MIN. */
export type ProcessArgument = string | number

/**
 * A user address: `'null'`, `'arena'` (a reserved free range, page aligned, at the same place in every actor) or
 * the variable of an attachment, each plus an offset in bytes; `'literal'` is the bare number `offset`.
 */
export interface AddressArgument {
  readonly base: string
  readonly offset: number
}

/** A user or group id: `'own'` is the effective id that the actors run with. */
export type UserArgument = 'own' | number

/** One element of a semop array; `change` is sem_op (16-bit signed), `flags` of IPC_NOWAIT and SEM_UNDO. */
export interface Operation {
  readonly sem: number
  readonly change: number
  readonly flags: number
}

/** A relative timeout, or `'none'` for a null pointer. */
export type TimeoutArgument = 'none' | { readonly seconds: Long; readonly nanoseconds: Long }

/** What a value of each argument kind looks like in a call. */
export interface ArgumentTypes {
  int: number
  long: Long
  flags: number
  signal: number
  id: IdArgument
  key: KeyArgument
  process: ProcessArgument
  address: AddressArgument
  user: UserArgument
  operations: readonly Operation[]
  values: readonly number[]
  timeout: TimeoutArgument
}

export type ArgumentKind = keyof ArgumentTypes

/** Named bits, or named values where `exclusive`; what has no name prints as a number. */
export interface Names {
  readonly exclusive: boolean
  readonly of: Readonly<Record<string, number>>
}

export interface Argument {
  readonly name: string
  readonly kind: ArgumentKind
  /** Names for `int`, `long` and `flags` arguments. */
  readonly names?: Names
  /** The value where the scenario text leaves the argument out (trailing arguments only). */
  readonly otherwise?: unknown
}

/**
 * How an output is compared: `int`, `long` exactly; `id`, `pid`, `address` by name; `time` in whole seconds of
 * the coarse realtime clock; `list` element by element; `user` a uid or gid.
 */
export type OutputKind = 'int' | 'long' | 'id' | 'pid' | 'address' | 'time' | 'user' | 'list'

export interface Output {
  readonly name: string
  readonly kind: OutputKind
}

export type Family = 'semaphores' | 'messages' | 'shared-memory' | 'processes' | 'common'

export type ResourceKind = 'semaphores' | 'queue' | 'segment' | 'attachment' | 'process' | 'thread' | 'pidfd'

/**
 * What a call can change besides its own result: IPC `objects` (and so wake sleepers), the `caller` itself in a
 * lasting way, or the life and signals of `processes`. The harness chooses the cheapest safe way to run it.
 */
export type Reach = 'objects' | 'caller' | 'processes'

export interface Form {
  readonly family: Family
  readonly arguments: readonly Argument[]
  /** The resource that a success makes; the call then carries the variable's name in `as`. */
  readonly makes?: ResourceKind
  readonly reach: Reach
  /** The kind of the return value. */
  readonly value: OutputKind
  readonly outputs: readonly Output[]
  /** A step of the driver, not a system call. */
  readonly pseudo?: true
}
