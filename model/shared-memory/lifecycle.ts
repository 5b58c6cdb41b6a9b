import { choose, type Moment, note } from '../moment.ts'
import { withEntry } from '../records.ts'
import { type Clause, clause } from '../rule.ts'
import { processOf, withProcess } from '../world.ts'
import { notInherited } from './mapping-clauses.ts'
import { attachmentsOf, overtake } from './places.ts'
import { changeSegment, destroyIfUnused } from './segments.ts'
import { type Attachment, type Attachments, changedAttachment } from './state.ts'

/** After fork: the child, which is in the world already, has what the parent has attached. */
export function forkAttachments(moment: Moment, parent: string, child: string): void {
  const attachments = inherited(moment, attachmentsOf(moment.world, parent))
  moment.world = withProcess(moment.world, child, { attachments })
  const names = attachedSegments(attachments)
  if (names.length === 0) return
  note(moment, forkStamps)
  note(moment, forkInherits)
  if (choose(moment, forkStamps, 2) === 1) return
  for (const name of names)
    changeSegment(moment, name, { lpid: processOf(moment.world, parent), atime: moment.now })
}

/** What a child has of the attachments: not the pages that were advised so. */
function inherited(moment: Moment, attachments: Attachments): Attachments {
  let kept = attachments
  for (const name in attachments) {
    const attachment = attachments[name]
    if (attachment === undefined || attachment.pieces.every(({ forks }) => forks)) continue
    note(moment, notInherited)
    const pieces = attachment.pieces.filter(({ forks }) => forks)
    kept = withEntry(kept, name, changedAttachment(attachment, { pieces, replaced: true }))
  }
  return kept
}

/**
 * A process ends or is about to run a new image: it has nothing attached any more, and what it alone kept of removed
 * segments is destroyed.
 */
export function dropAttachments(moment: Moment, process: string, cause: 'exec' | 'exit'): void {
  if (cause === 'exit' && !moment.world.settings.forced && hasMade(moment, process)) note(moment, creatorEnds)
  const before = attachmentsOf(moment.world, process)
  if (Object.keys(before).length === 0) return
  const attachments = cause === 'exit' ? nothing : knownAfterExec(before)
  moment.world = withProcess(moment.world, process, { attachments })
  const names = attachedSegments(before)
  if (names.length === 0) return
  const why = cause === 'exit' ? exitDrops : execDrops
  note(moment, why)
  if (cause === 'exit') note(moment, beforeZombie)
  const stamps = [{ lpid: process, dtime: moment.now }, { dtime: moment.now }][choose(moment, why, 3)]
  for (const name of names) {
    changeSegment(moment, name, stamps ?? {})
    if (destroyIfUnused(moment, name) && cause === 'exit') note(moment, exitDestroys)
  }
}

/** A thread is made: it changes nothing but that its stack may lie wherever pages are free. */
export function overtakeByThread(moment: Moment, process: string): void {
  const before = attachmentsOf(moment.world, process)
  if (attachedSegments(before).length > 0) note(moment, threadNoCount)
  const attachments = overtake(before, moment.world.facts.pageSize)
  moment.world = withProcess(moment.world, process, { attachments })
}

/** A thread ends alone: what its process has attached stays so. */
export function noteThreadEnd(moment: Moment, actor: string): void {
  if (attachedSegments(attachmentsOf(moment.world, actor)).length > 0) note(moment, threadKeeps)
}

/** An exec failed: the process keeps what it has attached. */
export function noteFailedExec(moment: Moment, process: string): void {
  if (attachedSegments(attachmentsOf(moment.world, process)).length > 0) note(moment, failedExecKeeps)
}

const nothing: Attachments = {}

/** The segments that are mapped somewhere, each once. */
const attachedSegments = (attachments: Attachments): readonly string[] => [
  ...new Set(
    Object.values(attachments)
      .filter(({ pieces, segment }) => pieces.length > 0 && segment !== '')
      .map(({ segment }) => segment),
  ),
]

/** The new image may have anything where the kernel had put the attachments of the old one; the arena is free. */
function knownAfterExec(before: Attachments): Attachments {
  const kept: Record<string, Attachment> = {}
  for (const name in before) {
    const attachment = before[name]
    if (attachment?.at.base === 'arena')
      kept[name] = changedAttachment(attachment, { pieces: [], replaced: false })
  }
  return kept
}

const hasMade = ({ world }: Moment, process: string) =>
  Object.values(world.segments).some(({ cpid }) => cpid === process)

const linuxMappings = 'Linux ipc/shm.c, shm_open and shm_close'

const forkInherits = clause(
  'fork.attachments.inherited',
  'shall',
  'A forked child has every attachment of its parent, at the same address, and counts in nattch.',
  'POSIX.1-2024 fork, DESCRIPTION',
  'shmat(2), NOTES',
)
const forkStamps = clause(
  'fork.attachments.times',
  'unspecified',
  'fork counts as an attach by the parent: it sets atime and lpid of the attached segments.',
  linuxMappings,
)
const execDrops = clause(
  'exec.attachments.dropped',
  'shall',
  'A successful exec detaches everything, as the process itself would.',
  'POSIX.1-2024 exec: attached shared memory segments shall not be attached to the new process image',
  linuxMappings,
)
const failedExecKeeps = clause(
  'exec.failed.keeps',
  'shall',
  'An exec that fails detaches nothing.',
  'POSIX.1-2024 exec, RETURN VALUE',
)
const exitDrops = clause(
  'exit.attachments.dropped',
  'shall',
  'The end of a process, in whatever way, detaches everything.',
  'POSIX.1-2024 _exit, CONSEQUENCES',
  linuxMappings,
)
const beforeZombie = clause(
  'exit.detach-before-zombie',
  'may',
  'An ended process has nothing attached, also before it is waited for.',
  'POSIX.1-2024 _exit, CONSEQUENCES',
  'Linux kernel/exit.c, do_exit',
)
const exitDestroys = clause(
  'exit.dest.destroyed-by-exit',
  'shall',
  'The end of the last process that has a removed segment attached destroys it.',
  'POSIX.1-2024 _exit, CONSEQUENCES; shmctl, IPC_RMID',
)
const creatorEnds = clause(
  'exit.creator.no-effect',
  'shall',
  'A segment outlives the process that made it, and keeps showing it as its creator.',
  'POSIX.1-2024 2.7 XSI Interprocess Communication',
)

const threadNoCount = clause(
  'thread.attachments.no-count',
  'shall',
  'A new thread changes nothing about attachments.',
  'POSIX.1-2024 pthread_create, DESCRIPTION',
)
const threadKeeps = clause(
  'shmat.thread.belongs-to-process',
  'shall',
  'What a thread attached stays attached in its process when the thread ends.',
  'POSIX.1-2024 shmat, DESCRIPTION',
)
export const lentAttachments = clause(
  'vfork.attachments.no-count',
  'unspecified',
  'A child of vfork shares the attachments of its parent and does not count.',
  'vfork(2)',
)

export const lifecycleClauses: readonly Clause[] = [
  forkInherits,
  forkStamps,
  execDrops,
  failedExecKeeps,
  exitDrops,
  beforeZombie,
  exitDestroys,
  creatorEnds,
  threadNoCount,
  threadKeeps,
  lentAttachments,
]
