import type { ForeignCall, ForeignResult } from '../event.ts'
import type { Process } from '../processes/process.ts'
import { deviates, type Opinion } from '../verdict.ts'
import { commandOf, IPC_SET } from './command.ts'
import type { Registered } from './register.ts'

/**
 * What was permitted once stays permitted: to the same identity, by the same call on the same object, as long as nobody
 * changes the object. Who else may use it is not known, and neither is why somebody is refused for the first time.
 */
export class Permits {
  /** By object and identity: when which calls were permitted first, by the line of their return. */
  private readonly known = new WeakMap<Registered, Map<object, Map<string, number>>>()

  enter(call: ForeignCall, object: Registered): void {
    if (isSetting(call)) this.known.delete(object)
  }

  /** The call returned: an opinion if it is refused what it was permitted before it began. */
  leave(
    call: ForeignCall,
    process: Process,
    object: Registered,
    result: ForeignResult,
    line: number,
  ): Opinion | undefined {
    if (isSetting(call)) {
      this.known.delete(object)
      return undefined
    }
    if (!object.isFresh || result.value === null || result.restarts) return undefined
    const kind = kindOf(call)
    const ofObject = this.known.get(object) ?? new Map<object, Map<string, number>>()
    this.known.set(object, ofObject)
    const permitted = ofObject.get(process.credentials) ?? new Map<string, number>()
    ofObject.set(process.credentials, permitted)
    if (result.errno === '' && !permitted.has(kind)) permitted.set(kind, line)
    if (result.errno !== 'EACCES' && result.errno !== 'EPERM') return undefined
    const since = permitted.get(kind)
    return since === undefined || since >= call.line
      ? undefined
      : deviates(
          rules[call.name] ?? 'semop.eacces',
          `no ${result.errno}: line ${since} shows that it is permitted`,
        )
  }
}

const rules: Readonly<Record<string, string>> = {
  semop: 'semop.eacces',
  semtimedop: 'semop.eacces',
  semctl: 'semctl.eacces',
  msgsnd: 'msgsnd.eacces',
  msgrcv: 'msgrcv.eacces',
  msgctl: 'msgctl.stat.eacces',
}

const isSetting = (call: ForeignCall) => call.name.endsWith('ctl') && commandIn(call) === IPC_SET

const commandIn = ({ name, args }: ForeignCall) => commandOf(args[name === 'semctl' ? 2 : 1])

/** Calls of one kind ask for the same permission; operations that change nothing ask for less than others. */
function kindOf(call: ForeignCall): string {
  const { name, args } = call
  if (name.endsWith('ctl')) return `${name} ${commandIn(call)}`
  return /sem(timed)?op/.test(name)
    ? `semop ${/sem_op=-?[1-9]/.test(args[1] ?? '') ? 'alters' : args[1]}`
    : name
}
