import type { ForeignCall, ForeignResult } from '../event.ts'
import type { Process } from '../processes/process.ts'
import { fieldsOf } from '../strace/arguments.ts'
import { intOf, isNull, numberOf } from '../strace/numbers.ts'
import { deviates, deviatesAs, judged, type Opinion, open } from '../verdict.ts'
import { commandOf, IPC_RMID, IPC_STAT } from './command.ts'
import type { Registered } from './register.ts'

const SHM_REMAP = 0o40000
const PAGE = 4096

/** What is known of a segment: how many attachments there surely are at least, and can be at most. */
interface Segment {
  readonly about: Registered
  least: number
  most: number
  /** The count is not followed: somebody else may attach, or a mapping was cut. */
  isLoose: boolean
  marked: boolean
  destroyed: boolean
  /** Looks under way: the least and the most since they began. */
  readonly looks: Map<ForeignCall, { least: number; most: number; wasMarked: boolean; changed: boolean }>
}

interface Attachment {
  readonly segment: Segment
  readonly address: number
  readonly size: number
  /** Whether it surely is there still, and a child inherits it. */
  isSure: boolean
}

interface Entered {
  readonly segment?: Segment | undefined
  readonly space: number
  readonly attachment?: Attachment | undefined
  readonly busy: boolean
}

/** Follows attachments of shared memory: which process has what where, and how often a segment is attached. */
export class Segments {
  private readonly segments = new Map<Registered, Segment>()
  private readonly spaces = new Map<number, Map<number, Attachment>>()
  private readonly entered = new Map<ForeignCall, Entered>()
  private readonly births = new Map<ForeignCall, readonly Attachment[]>()
  private readonly busy = new Map<number, number>()
  private readonly sharing = new Set<number>()
  private readonly leaving = new Map<number, readonly Attachment[]>()

  segmentOf(about: Registered): Segment {
    const known = this.segments.get(about)
    if (known !== undefined) return known
    const segment: Segment = {
      about,
      ...{ least: 0, most: 0, marked: false, destroyed: false },
      isLoose: !about.isFresh,
      looks: new Map(),
    }
    this.segments.set(about, segment)
    return segment
  }

  private change(segment: Segment, least: number, most: number): void {
    segment.least += least
    segment.most += most
    for (const look of segment.looks.values()) {
      look.least = Math.min(look.least, segment.least)
      look.most = Math.max(look.most, segment.most)
      look.changed = true
    }
  }

  private attachmentsOf(space: number): Map<number, Attachment> {
    const known = this.spaces.get(space)
    if (known !== undefined) return known
    const made = new Map<number, Attachment>()
    this.spaces.set(space, made)
    return made
  }

  enterAttach(call: ForeignCall, process: Process, about: Registered): void {
    const segment = this.segmentOf(about)
    this.look(call, segment)
    this.change(segment, 0, 1)
    this.work(process.pid, 1)
    this.entered.set(call, { segment, space: process.pid, busy: (this.busy.get(process.pid) ?? 0) > 1 })
  }

  leaveAttach(call: ForeignCall, result: ForeignResult, isComplete: boolean): Opinion {
    const was = this.entered.get(call)
    this.entered.delete(call)
    if (was?.segment === undefined) return open('arguments that are not understood')
    const { segment, space } = was
    const seen = segment.looks.get(call)
    segment.looks.delete(call)
    this.work(space, -1)
    if (result.errno !== '' || result.value === null) {
      this.change(segment, 0, -1)
      this.destroyIfUnused(segment)
      if (result.errno === 'EIDRM' || result.errno === 'EINVAL') {
        const isPlain = isNull(call.args[1]) && numberOf(call.args[2]) === 0
        const isThere =
          !segment.destroyed && !segment.marked && segment.about.isFresh && seen?.wasMarked === false
        return isPlain && isThere && !segment.isLoose
          ? deviates('shmat.id.invalid-einval', 'an address: the segment exists')
          : open('an error that depends on more than the trace tells')
      }
      return open('an error that depends on more than the trace tells')
    }
    this.change(segment, 1, 0)
    const address = result.value
    const attachments = this.attachmentsOf(space)
    const size = roundUp(segment.about.size ?? PAGE)
    if (address % PAGE !== 0) return deviates('shmat.null.system-picks', 'an address on a page')
    const hint = numberOf(call.args[1])
    const flags = numberOf(call.args[2]) ?? SHM_REMAP
    let opinion: Opinion = judged
    if (hint !== undefined && hint > 0 && (flags & 0o20000) === 0 && hint !== address)
      opinion = deviates('shmat.address.exact', `0x${hint.toString(16)}`)
    for (const other of attachments.values())
      if (address < other.address + other.size && other.address < address + size) {
        if ((flags & SHM_REMAP) !== 0) this.loosen(other)
        else if (!was.busy && segment.about.size !== undefined)
          opinion = deviates('shmat.address.overlap-einval', 'an address where nothing is attached')
      }
    attachments.set(address, { segment, address, size, isSure: true })
    if (isComplete && opinion.is === 'judged' && segment.destroyed && !segment.isLoose)
      return deviates('shmctl.rmid.then-einval', '-1 EINVAL or EIDRM: the segment was destroyed')
    return opinion
  }

  enterDetach(call: ForeignCall, process: Process): void {
    const address = numberOf(call.args[0])
    const attachment = address === undefined ? undefined : this.spaces.get(process.pid)?.get(address)
    const busy = (this.busy.get(process.pid) ?? 0) > 0
    this.work(process.pid, 1)
    if (attachment !== undefined) this.change(attachment.segment, -1, 0)
    this.entered.set(call, { space: process.pid, attachment, busy })
  }

  leaveDetach(call: ForeignCall, process: Process, result: ForeignResult, isComplete: boolean): Opinion {
    const was = this.entered.get(call)
    this.entered.delete(call)
    if (was === undefined) return open('arguments that are not understood')
    this.work(was.space, -1)
    const { attachment } = was
    const isSure = !was.busy && process.threads.size <= 1 && attachment?.isSure !== false
    if (result.errno === '' && result.value === 0) {
      if (attachment === undefined)
        return isSure && isComplete && process.complete
          ? deviates('shmdt.twice.einval', '-1 EINVAL: nothing is attached there')
          : open('attachments that the trace does not know')
      this.change(attachment.segment, 0, -1)
      this.spaces.get(was.space)?.delete(attachment.address)
      this.destroyIfUnused(attachment.segment)
      return isSure ? judged : open('what else unmapped it is not known')
    }
    if (attachment === undefined)
      return result.errno === 'EINVAL' && isSure ? judged : open('attachments that the trace does not know')
    this.change(attachment.segment, 1, 0)
    return isSure && isComplete && result.errno === 'EINVAL'
      ? deviates('shmdt.base.detaches', '0')
      : open('what else unmapped it is not known')
  }

  enterControl(call: ForeignCall, about: Registered): void {
    const segment = this.segmentOf(about)
    this.look(call, segment)
    this.entered.set(call, { segment, space: 0, busy: false })
  }

  private look(call: ForeignCall, segment: Segment): void {
    segment.looks.set(call, {
      least: segment.least,
      most: segment.most,
      wasMarked: segment.marked || segment.destroyed || [...segment.looks.keys()].some(isRemoval),
      changed: false,
    })
    if (isRemoval(call)) for (const look of segment.looks.values()) look.wasMarked = true
  }

  leaveControl(call: ForeignCall, result: ForeignResult, isComplete: boolean): Opinion {
    const was = this.entered.get(call)
    this.entered.delete(call)
    const segment = was?.segment
    const look = segment?.looks.get(call)
    if (segment === undefined || look === undefined) return open('arguments that are not understood')
    segment.looks.delete(call)
    const command = commandOf(call.args[1])
    const isSure = isComplete && !segment.isLoose
    if (result.errno === 'EINVAL' || result.errno === 'EIDRM') {
      if (command !== IPC_RMID && command !== IPC_STAT)
        return open('an error that depends on more than the trace tells')
      if (segment.destroyed) return judged
      return isSure && !look.wasMarked && !segment.marked
        ? deviates('shmctl.id.stale-einval', 'no EINVAL: the segment exists')
        : open('others may have removed the segment')
    }
    if (result.errno !== '' || result.value === null)
      return open('an error that depends on more than the trace tells')
    if (segment.destroyed && isSure && (command === IPC_RMID || command === IPC_STAT))
      return deviates('shmctl.rmid.then-einval', '-1 EINVAL: the segment was destroyed')
    if (command === IPC_RMID) {
      segment.marked = true
      this.destroyIfUnused(segment)
      return result.value === 0 ? judged : deviates('shmctl.rmid.unattached-destroys', '0')
    }
    return command === IPC_STAT
      ? this.judgeStat(call, segment, look, isSure)
      : open('what it tells is not followed')
  }

  private judgeStat(
    call: ForeignCall,
    segment: Segment,
    look: { least: number; most: number },
    isSure: boolean,
  ): Opinion {
    const fields = fieldsOf(call.args[2])
    const size = numberOf(fields.shm_segsz)
    const count = intOf(fields.shm_nattch)
    const { about } = segment
    if (size !== undefined && about.size !== undefined && about.isFresh && size !== about.size)
      return deviatesAs(`shm_segsz=${size}`, 'shmctl.stat.reports-all', `shm_segsz=${about.size}`)
    if (count === undefined) return open('what the trace does not tell')
    if (!isSure) return open('attachments that the trace does not know')
    if (count >= look.least && count <= look.most) return judged
    segment.isLoose = true
    return deviatesAs(
      `shm_nattch=${count}`,
      'shmctl.stat.reports-all',
      look.least === look.most ? `shm_nattch=${look.least}` : `shm_nattch from ${look.least} to ${look.most}`,
    )
  }

  /** Removed, and surely nobody has it any more. */
  private destroyIfUnused(segment: Segment): void {
    if (segment.marked && segment.most === 0 && !segment.isLoose) {
      segment.destroyed = true
    }
  }

  private work(space: number, by: number): void {
    this.busy.set(space, (this.busy.get(space) ?? 0) + by)
  }

  /** A process is being made: its attachments may count twice from now on. */
  enterBirth(call: ForeignCall, process: Process): void {
    const own = [...(this.spaces.get(process.pid)?.values() ?? [])]
    if (own.length === 0) return
    this.births.set(call, own)
    for (const { segment } of own) this.change(segment, 0, 1)
  }

  /** It turned out who was made. One that shares the memory of its maker has no attachments of its own. */
  born(call: ForeignCall, child: Process, sharesMemory: boolean): void {
    if (sharesMemory) this.sharing.add(child.pid)
    const own = this.births.get(call)
    if (own === undefined || sharesMemory) return
    this.births.delete(call)
    const isLate = this.busy.has(child.pid)
    for (const attachment of own) {
      this.change(attachment.segment, 1, 0)
      if (isLate) {
        // It acted before it was known whose child it is.
        this.loosen(attachment)
        this.attachmentsOf(child.pid).set(attachment.address, { ...attachment, isSure: false })
      } else if (child.end === undefined) this.attachmentsOf(child.pid).set(attachment.address, attachment)
      else this.change(attachment.segment, -1, -1)
    }
  }

  /** The call that makes a process returned; what is left of it made none with memory of its own. */
  leaveBirth(call: ForeignCall): void {
    const own = this.births.get(call)
    this.births.delete(call)
    for (const { segment } of own ?? []) this.change(segment, 0, -1)
  }

  /** Whether attachments of the process are not its own. */
  shares(process: Process): boolean {
    return this.sharing.has(process.pid)
  }

  /** From here on the process may give back all that it has. */
  mayLeave(process: Process): void {
    const own = this.spaces.get(process.pid)
    if (own === undefined || this.leaving.has(process.pid)) return
    const all = [...own.values()]
    this.leaving.set(process.pid, all)
    for (const { segment } of all) this.change(segment, -1, 0)
  }

  /** The process has nothing attached any more: it ended, or runs a new program. */
  left(process: Process): void {
    this.mayLeave(process)
    for (const { segment } of this.leaving.get(process.pid) ?? []) {
      this.change(segment, 0, -1)
      this.destroyIfUnused(segment)
    }
    this.leaving.delete(process.pid)
    this.spaces.delete(process.pid)
    this.sharing.delete(process.pid)
    if (process.end === undefined) this.busy.set(process.pid, 0)
    else this.busy.delete(process.pid)
  }

  /** It stays after all. */
  stays(process: Process): void {
    for (const { segment } of this.leaving.get(process.pid) ?? []) this.change(segment, 1, 0)
    this.leaving.delete(process.pid)
  }

  /** A call on mappings: what is cut may count more or less often. `keeps`: whole mappings stay as they are. */
  remap(
    process: Process,
    address: number | undefined,
    length: number | undefined,
    keeps: boolean,
    inherits: boolean,
  ): void {
    for (const attachment of this.spaces.get(process.pid)?.values() ?? []) {
      const end = attachment.address + attachment.size
      const isKnown = address !== undefined && length !== undefined
      if (isKnown && (address >= end || attachment.address >= address + length)) continue
      if (!inherits || !keeps) attachment.isSure = false
      const isWhole = isKnown && address <= attachment.address && address + length >= end
      if (!keeps || !inherits || !isWhole) this.loosen(attachment)
    }
  }

  private loosen({ segment }: Attachment): void {
    segment.isLoose = true
  }

  joinOutsiders(): void {
    for (const segment of this.segments.values()) segment.isLoose = true
  }

  isDestroyed(about: Registered): boolean {
    return this.segments.get(about)?.destroyed === true
  }

  forget(about: Registered): void {
    this.segments.delete(about)
  }
}

const isRemoval = ({ name, args }: ForeignCall) => name === 'shmctl' && commandOf(args[1]) === IPC_RMID

const roundUp = (size: number) => Math.ceil(size / PAGE) * PAGE
