import { IPC_CREAT, IPC_EXCL } from '../../../model/vocabulary/names.ts'
import type { ForeignCall, ForeignResult } from '../event.ts'
import { intOf, numberOf } from '../strace/numbers.ts'
import { deviates, judged, type Opinion, open } from '../verdict.ts'
import type { Company } from './timeline.ts'

/** What a get call told of an object: of the one that it made, or of one that it found. */
export interface Registered {
  readonly id: number
  readonly key: number | undefined
  company: Company
  /** Made by a call of the trace, and known to it alone. */
  isFresh: boolean
  /** Semaphores, or bytes. */
  readonly size: number | undefined
  removed: boolean
}

export type Kind = 'sem' | 'msg' | 'shm'

const GONE_MAX = 4096

interface Asked {
  readonly key: number | undefined
  contended: boolean
}

/** The identifiers and keys of one kind in one IPC namespace. */
export class Register {
  readonly objects = new Map<number, Registered>()
  private readonly keys = new Map<number, Registered | 'absent'>()
  private readonly asking = new Map<ForeignCall, Asked>()
  private readonly gone = new Set<number>()
  private readonly kind: Kind
  private readonly before: ReadonlySet<number> | undefined
  private readonly alone: boolean
  private readonly begins: () => boolean

  /** `before`: the identifiers that existed before the trace, where that is known. */
  constructor(kind: Kind, alone: boolean, before: ReadonlySet<number> | undefined, begins: () => boolean) {
    this.begins = begins
    this.kind = kind
    this.alone = alone
    this.before = before
  }

  private hasOutsiders = false

  /** Somebody that the trace does not show may make, use and remove objects of the trace from now on. */
  joinOutsiders(): void {
    this.hasOutsiders = true
    this.keys.clear()
    this.gone.clear()
    for (const object of this.objects.values()) {
      object.company = 'outsiders'
      object.isFresh = false
    }
  }

  enter(call: ForeignCall): void {
    const key = intOf(call.args[0])
    const asked: Asked = { key, contended: false }
    this.contend(key, asked)
    this.asking.set(call, asked)
  }

  /** Two calls about one key at the same time: who came first is open. */
  private contend(key: number | undefined, by?: Asked): void {
    if (key === 0) return
    for (const other of this.asking.values())
      if (other.key === key || key === undefined) {
        other.contended = true
        if (by !== undefined) by.contended = true
      }
  }

  /** Removals under way. */
  private readonly removing = new Map<ForeignCall, number | undefined>()

  enterRemoval(call: ForeignCall, id: number): void {
    const key = this.objects.get(id)?.key
    this.removing.set(call, key)
    this.contend(key)
  }

  /** The call ended; `id`: what it removed. */
  leaveRemoval(call: ForeignCall, id: number | undefined): void {
    this.contend(this.removing.get(call))
    this.removing.delete(call)
    if (id === undefined) return
    const object = this.objects.get(id)
    if (object === undefined) return
    object.removed = true
    this.freeKey(id)
    this.drop(id)
  }

  /** The key can be used for another object from now on. */
  freeKey(id: number): void {
    const key = this.objects.get(id)?.key
    const entry = key === undefined ? undefined : this.keys.get(key)
    if (key !== undefined && typeof entry === 'object' && entry.id === id) this.keys.set(key, 'absent')
  }

  /** The object is no more. */
  drop(id: number): void {
    this.objects.delete(id)
    this.gone.add(id)
    if (this.gone.size > GONE_MAX) {
      const [oldest] = this.gone
      if (oldest !== undefined) this.gone.delete(oldest)
    }
  }

  /** An object that is used, and that no call of the trace made. */
  find(id: number): Registered {
    const known = this.objects.get(id)
    if (known !== undefined) return known
    const company: Company = this.alone ? 'alone' : 'outsiders'
    const found = { id, key: undefined, company, isFresh: false, size: undefined, removed: false }
    this.objects.set(id, found)
    return found
  }

  isGone(id: number): boolean {
    return this.gone.has(id) && !this.objects.has(id)
  }

  /** The get call returned. `made`: the object that it told of and that was not known before. */
  leave(call: ForeignCall, result: ForeignResult): { opinion: Opinion; made?: Registered } {
    const asked = this.asking.get(call)
    this.asking.delete(call)
    if (result.value === null || result.restarts) return { opinion: open('a signal ended the call') }
    const flags = numberOf(call.args[this.kind === 'msg' ? 1 : 2])
    const size = this.kind === 'msg' ? undefined : numberOf(call.args[1])
    const key = asked?.key
    if (asked === undefined || key === undefined || flags === undefined)
      return { opinion: open('arguments that are not understood') }
    const isContended =
      asked.contended ||
      (key !== 0 && [...this.removing.values()].some((each) => each === undefined || each === key))
    const entry = key === 0 ? undefined : this.keys.get(key)
    if (result.errno !== '') return { opinion: this.failed(key, flags, size, result, entry, isContended) }
    return this.succeeded(key, flags, size, result.value, entry, isContended)
  }

  private succeeded(
    key: number,
    flags: number,
    size: number | undefined,
    id: number,
    entry: Registered | 'absent' | undefined,
    isContended: boolean,
  ): { opinion: Opinion; made?: Registered } {
    const { kind } = this
    const creates = key === 0 || (flags & IPC_CREAT) !== 0
    const excludes = key === 0 || (flags & (IPC_CREAT | IPC_EXCL)) === (IPC_CREAT | IPC_EXCL)
    const known = this.objects.get(id)
    const isHere = known !== undefined && !known.removed
    if (id < 0) return { opinion: deviates('id.nonnegative', 'an identifier that is not negative') }
    if (isHere && known.key !== undefined && known.isFresh && !this.isRemoving(known.key)) {
      if (key === 0) return { opinion: deviates('get.private.always-new', `not ${id}, which exists`) }
      if (known.key !== key) return { opinion: deviates('get.existing', `not ${id}, which has another key`) }
      if (excludes && !isContended) return { opinion: deviates('get.eexist', '-1 EEXIST') }
    }
    if (isHere && !excludes) {
      if (
        !isContended &&
        size !== undefined &&
        known.size !== undefined &&
        known.isFresh &&
        size > known.size
      )
        return { opinion: deviates(sizeRule(kind), '-1 EINVAL') }
      if (known.key === undefined) {
        const named = { ...known, key }
        this.objects.set(id, named)
        this.keys.set(key, named)
      }
      return { opinion: known.isFresh ? judged : open('the object existed before the trace') }
    }
    const isElsewhere = typeof entry === 'object' && !entry.removed && entry.id !== id
    const bad = creates && kind === 'sem' && size !== undefined && (size < 0 || (size === 0 && excludes))
    const company: Company = this.hasOutsiders
      ? 'outsiders'
      : this.alone
        ? 'alone'
        : excludes ||
            (creates && this.before !== undefined && !this.before.has(id)) ||
            (creates && entry === 'absent')
          ? 'made here'
          : creates && this.begins() && this.before === undefined
            ? 'perhaps shared'
            : 'outsiders'
    const isFresh =
      creates && (company === 'made here' || (company === 'alone' && (excludes || entry === 'absent')))
    const object: Registered = {
      id,
      key,
      company,
      isFresh,
      size: isFresh || kind === 'sem' ? size : undefined,
      removed: false,
    }
    this.objects.set(id, object)
    this.gone.delete(id)
    if (key !== 0) this.keys.set(key, object)
    if (bad) return { opinion: deviates('semget.nsems.range', '-1 EINVAL'), made: object }
    if (isElsewhere && !isContended && entry.isFresh)
      return { opinion: deviates('get.existing', `${excludes ? '-1 EEXIST' : entry.id}`), made: object }
    return {
      opinion: isFresh ? judged : open('the object may have existed before the trace'),
      made: object,
    }
  }

  private isRemoving(key: number): boolean {
    return [...this.removing.values()].some((each) => each === undefined || each === key)
  }

  private failed(
    key: number,
    flags: number,
    size: number | undefined,
    { errno }: ForeignResult,
    entry: Registered | 'absent' | undefined,
    isContended: boolean,
  ): Opinion {
    const creates = key === 0 || (flags & IPC_CREAT) !== 0
    const excludes = key !== 0 && (flags & (IPC_CREAT | IPC_EXCL)) === (IPC_CREAT | IPC_EXCL)
    const found = typeof entry === 'object' && !entry.removed ? entry : undefined
    switch (errno) {
      case 'EEXIST':
        if (!excludes) return deviates('get.eexist', 'an identifier: IPC_EXCL was not given')
        return found?.isFresh ? judged : open('the object may have existed before the trace')
      case 'ENOENT':
        if (creates) return deviates('get.creat', 'an identifier: IPC_CREAT was given')
        if (isContended) return open('others make or remove an object with the key')
        if (found?.isFresh) return deviates('get.existing', String(found.id))
        if (!this.hasOutsiders) this.keys.set(key, 'absent')
        return entry === 'absent' ? judged : open('whether the key existed before the trace is not known')
      case 'EINVAL':
        return this.invalid(creates, size, found, isContended)
      default:
        return open('an error that depends on more than the trace tells')
    }
  }

  private invalid(
    creates: boolean,
    size: number | undefined,
    found: Registered | undefined,
    isContended: boolean,
  ): Opinion {
    if (this.kind === 'msg') return deviates('get.existing', 'no EINVAL: msgget has no such error')
    if (size === undefined || isContended) return open('arguments that are not understood')
    const isLarge = found?.size !== undefined && found.isFresh && size > found.size
    const isOdd = size <= 0 || size > (this.kind === 'sem' ? 250 : 2 ** 20)
    if (isLarge || (found === undefined && creates && isOdd)) return judged
    if (isOdd || (found === undefined && !creates) || (found !== undefined && !found.isFresh))
      return open('limits are not known')
    if (found === undefined) return open('the object may have existed before the trace')
    return deviates(sizeRule(this.kind), `${found.id}: the size is not above its own`)
  }
}

const sizeRule = (kind: Kind) =>
  kind === 'sem' ? 'semget.existing.too-big' : 'shmget.existing.size-above-einval'
