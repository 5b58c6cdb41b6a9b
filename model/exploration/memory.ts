import { objectName } from '../common/access.ts'
import { countAttached, pagesOf } from '../shared-memory/segments.ts'
import type { Attachment, Attachments } from '../shared-memory/state.ts'
import { type Invariant, ofSteps, ofWorlds } from './invariant.ts'

const hasPieces = ({ pieces }: Attachment) => pieces.length > 0

const mapped = (attachments: Attachments) => Object.values(attachments).filter(hasPieces)

export const memoryInvariants: readonly Invariant[] = [
  ofWorlds('shm.attached-exists', 'A segment that is attached anywhere exists.', ({ segments, processes }) =>
    Object.values(processes).every(({ attachments }) =>
      mapped(attachments).every(({ segment }) => segment in segments),
    ),
  ),

  ofWorlds(
    'shm.removed-unused-is-gone',
    'A removed segment that is attached nowhere does not exist.',
    (world) =>
      Object.entries(world.segments).every(
        ([name, { removal }]) => removal === 'none' || countAttached(world, name) > 0,
      ),
  ),

  ofWorlds(
    'shm.removed-has-no-key',
    'A removed segment has key 0, and no two segments have one key.',
    ({ segments }) => {
      const all = Object.values(segments)
      const keys = all.flatMap(({ permission: { key } }) => (key === 0 ? [] : [key]))
      return (
        new Set(keys).size === keys.length &&
        all.every(({ removal, permission }) => removal === 'none' || permission.key === 0)
      )
    },
  ),

  ofWorlds(
    'shm.pieces-ordered',
    'The mapped pieces of an attachment are in order, without overlap, and within its pages.',
    ({ processes }) =>
      Object.values(processes).every(({ attachments }) =>
        mapped(attachments).every(({ pieces, pages }) => {
          let end = 0
          return pieces.every((piece, at) => {
            const isApart = piece.pages > 0 && (at === 0 ? piece.first >= 0 : piece.first >= end)
            end = piece.first + piece.pages
            return isApart && end <= pages
          })
        }),
      ),
  ),

  ofWorlds('shm.no-overlap', 'No page of a process is mapped by two attachments.', ({ processes, facts }) =>
    Object.values(processes).every(({ attachments }) => {
      const taken = mapped(attachments).flatMap(({ at, pieces }) =>
        pieces.flatMap(({ first, pages }) =>
          Array.from(
            { length: pages },
            (_, page) => `${at.base} ${at.offset / facts.pageSize + first + page}`,
          ),
        ),
      )
      return new Set(taken).size === taken.length
    }),
  ),

  ofWorlds(
    'shm.bytes-within',
    'What is stored is a byte, and within the pages of its segment.',
    ({ segments, facts }) =>
      Object.values(segments).every(({ contents, size }) =>
        Object.entries(contents).every(
          ([offset, byte]) =>
            byte > 0 &&
            byte < 256 &&
            Number(offset) >= 0 &&
            Number(offset) < pagesOf(size, facts.pageSize) * facts.pageSize,
        ),
      ),
  ),

  ofWorlds('shm.ended-has-none', 'An ended process has nothing attached.', ({ processes }) =>
    Object.values(processes).every(
      ({ lifecycle, attachments }) => lifecycle.life !== 'zombie' || Object.keys(attachments).length === 0,
    ),
  ),

  ofSteps(
    'shm.nattch-agrees',
    'shmctl reports as many attachments as there are.',
    ({ before, step: { actor, call }, outcome }) =>
      outcome.events.every((event) => {
        if (event.is !== 'returned' || event.actor !== actor || call.name !== 'shmctl.IPC_STAT') return true
        if (event.result.errno !== 'none') return true
        return event.result.out?.nattch === countAttached(before, objectName(before, call.segment))
      }),
  ),

  ofSteps(
    'shm.contents-stay',
    'Only a store changes the contents of a segment.',
    ({ before, step: { call }, outcome: { world } }) =>
      call.name === 'store' ||
      Object.entries(world.segments).every(
        ([name, { contents }]) => contents === before.segments[name]?.contents || !(name in before.segments),
      ),
  ),
]
