import { describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from './initial.ts'
import { changedQueue } from './messages/state.ts'
import { outcomes } from './outcomes.ts'
import { changedPermission } from './permission.ts'
import { changedLifecycle } from './processes/state.ts'
import { linux } from './profile.ts'
import { withEntry, without } from './records.ts'
import { changedSet } from './semaphores/state.ts'
import { changedAttachment, changedPiece, changedSegment } from './shared-memory/state.ts'
import type { Call } from './vocabulary/forms.ts'
import { IPC_CREAT } from './vocabulary/names.ts'
import { changedWorld, type World, withProcess } from './world.ts'

const calls: readonly Call[] = [
  { name: 'semget', key: 1, nsems: 1, flags: IPC_CREAT | 0o600, as: 'S' },
  { name: 'msgget', key: 1, flags: IPC_CREAT | 0o600, as: 'Q' },
  { name: 'shmget', key: 1, size: 1, flags: IPC_CREAT | 0o600, as: 'M' },
  { name: 'shmat', segment: 'M', address: { base: 'null', offset: 0 }, flags: 0, as: 'X' },
  { name: 'fork', as: 'E' },
]

const world = calls.reduce<World>(
  (before, call, at) => outcomes(before, 'A', call, at + 1, linux)[0]?.world ?? before,
  initialWorld(usualFacts, ['A']),
)

/** The value, which must be there. */
function made<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not made')
  return value
}

const set = made(world.sets.S)
const queue = made(world.queues.Q)
const segment = made(world.segments.M)
const attachment = made(world.processes.A?.attachments.X)
const piece = made(attachment.pieces[0])
const child = made(world.processes.E)

describe('a copy with nothing changed is the same, with its fields in the same order', () => {
  it.each<[string, object, object]>([
    ['the world', world, changedWorld(world, {})],
    ['a set', set, changedSet(set, {})],
    ['a queue', queue, changedQueue(queue, {})],
    ['a segment', segment, changedSegment(segment, {})],
    ['an attachment', attachment, changedAttachment(attachment, {})],
    ['a piece', piece, changedPiece(piece, {})],
    ['a permission', set.permission, changedPermission(set.permission, {})],
    ['a lifecycle', child.lifecycle, changedLifecycle(child.lifecycle, {})],
    ['a process', child, made(withProcess(world, 'E', {}).processes.E)],
    ['a root process', made(world.processes.A), made(withProcess(world, 'A', {}).processes.A)],
    ['a record', world.processes, withEntry(world.processes, 'A', world.processes.A)],
  ])('%s', (_, original, copy) => {
    expect(copy).toEqual(original)
    expect(Object.keys(copy)).toEqual(Object.keys(original))
  })
})

describe('an entry', () => {
  it('is added behind the others, replaced in its place, and left out', () => {
    expect(Object.entries(withEntry({ a: 1, b: 2 }, 'c', 3))).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ])
    expect(Object.entries(withEntry({ a: 1, b: 2 }, 'a', 3))).toEqual([
      ['a', 3],
      ['b', 2],
    ])
    expect(Object.entries(without({ a: 1, b: 2 }, 'a'))).toEqual([['b', 2]])
  })
})
