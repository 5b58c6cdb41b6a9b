import type { Long } from '../../model/vocabulary/shape.ts'
import type { Limits } from '../../oracle/trace/trace.ts'
import { WireError } from './decode.ts'

/** What a probe says about itself and its surroundings before it reads anything. */
export interface Hello {
  readonly protocol: 1
  readonly littleEndian: boolean
  readonly pointerBytes: number
  readonly kernel: string
  readonly machine: string
  readonly libc: string
  /** Bytes. */
  readonly pageSize: number
  /** Bytes: the alignment that shmat demands. */
  readonly shmlba: number
  /** The address that `arena` stands for. */
  readonly arena: Long
  /** The key n of a scenario is `keyBase + n`; a negative one is itself. */
  readonly keyBase: number
  /** Effective ids of the actors as they see them. */
  readonly uid: number
  readonly gid: number
  /** Other ids exist in their user namespace. */
  readonly mapsOthers: boolean
  /** What actors can become. */
  readonly identities: 'all' | 'users' | 'capabilities' | 'none'
  /** What getppid() answers in a root actor. */
  readonly initPid: number
  /** How the probe knows that an actor sleeps. */
  readonly detection: 'fifo' | 'proc' | 'patient'
  /** Whether the actors have an IPC (pid) namespace of their own. */
  readonly ipcNamespace: boolean
  readonly pidNamespace: boolean
  /** Whether actors can change the limits of their IPC namespace, which nobody else uses. */
  readonly changesLimits: boolean
  /** Whether the programs ipcs and ipcrm are installed. */
  readonly programs: boolean
  /** Functions under test that the C library has no wrapper for: they are called without one. */
  readonly missingWrappers: readonly string[]
  /** System calls under test that the kernel does not have. */
  readonly missingCalls: readonly string[]
  /** Whether capable actors can choose the pid of the next process of their pid namespace, which nobody else uses. */
  readonly changesPids: boolean
  readonly hugePages: HelloPages
  readonly limits: Limits
}

/** What the machine has of huge pages, when the probe starts. */
export interface HelloPages {
  /** Bytes, of the default size; 0: there are none, or none that are known. */
  readonly size: number
  /** How many a segment could get. */
  readonly available: number
  /** The group that may use them, beside the capable; `nobody` of the actors, whatever they become; or not known. */
  readonly group: number | 'nobody' | 'unknown'
}

/** Reads the text of a hello frame. Throws `WireError` if a field is missing or of the wrong type. */
export function parseHello(text: string): Hello {
  const hello = asRecord(parse(text), 'the hello')
  if (hello.protocol !== 1)
    throw new WireError(`a hello of protocol ${JSON.stringify(hello.protocol)}, where 1 is spoken here`)
  check(hello, fields, 'the hello')
  check(asRecord(hello.limits, 'the limits of the hello'), limits, 'the limits of the hello')
  check(asRecord(hello.hugePages, 'the huge pages of the hello'), hugePages, 'the huge pages of the hello')
  return hello as unknown as Hello
}

/** JSON whose integers beyond 2^53 become bigints; such integers only occur as values of fields. */
function parse(text: string): unknown {
  const quoted = text.replace(/(:\s*)(-?\d{16,})(?=\s*[,}])/g, '$1"bigint $2"')
  try {
    return JSON.parse(quoted, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith('bigint ') ? exact(value.slice(7)) : value,
    )
  } catch {
    throw new WireError(`a hello that is not JSON: ${JSON.stringify(text.slice(0, 200))}`)
  }
}

function exact(digits: string): Long {
  const value = BigInt(digits)
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WireError(`${what} is not an object`)
  return value as Record<string, unknown>
}

type FieldType =
  | 'names'
  | 'integer'
  | 'long'
  | 'text'
  | 'truth'
  | 'detection'
  | 'identities'
  | 'group'
  | 'record'

function check(record: Record<string, unknown>, types: Record<string, FieldType>, what: string): void {
  for (const [field, type] of Object.entries(types))
    if (!tests[type](record[field]))
      throw new WireError(`${what} has no proper \`${field}\`: ${String(record[field])}`)
}

const tests: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  integer: Number.isSafeInteger,
  long: (value) => typeof value === 'bigint' || Number.isSafeInteger(value),
  text: (value) => typeof value === 'string',
  truth: (value) => typeof value === 'boolean',
  detection: (value) => value === 'fifo' || value === 'proc' || value === 'patient',
  identities: (value) => ['all', 'users', 'capabilities', 'none'].includes(value as string),
  names: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  group: (value) => Number.isSafeInteger(value) || value === 'nobody' || value === 'unknown',
  record: (value) => typeof value === 'object',
}

const fields: Readonly<Record<Exclude<keyof Hello, 'protocol'>, FieldType>> = {
  littleEndian: 'truth',
  pointerBytes: 'integer',
  kernel: 'text',
  machine: 'text',
  libc: 'text',
  pageSize: 'integer',
  shmlba: 'integer',
  arena: 'long',
  keyBase: 'integer',
  uid: 'integer',
  gid: 'integer',
  mapsOthers: 'truth',
  identities: 'identities',
  initPid: 'integer',
  detection: 'detection',
  ipcNamespace: 'truth',
  pidNamespace: 'truth',
  changesLimits: 'truth',
  programs: 'truth',
  missingWrappers: 'names',
  missingCalls: 'names',
  changesPids: 'truth',
  hugePages: 'record',
  limits: 'record',
}

const hugePages: Readonly<Record<keyof HelloPages, FieldType>> = {
  size: 'integer',
  available: 'integer',
  group: 'group',
}

const limits: Readonly<Record<keyof Limits, FieldType>> = {
  semmsl: 'integer',
  semmns: 'integer',
  semopm: 'integer',
  semmni: 'integer',
  semvmx: 'integer',
  msgmax: 'integer',
  msgmnb: 'integer',
  msgmni: 'integer',
  shmmax: 'long',
  shmall: 'long',
  shmmni: 'integer',
}
