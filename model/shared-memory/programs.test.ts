import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { initialWorld, usualFacts } from '../initial.ts'
import { canAct, type Outcome, outcomes } from '../outcomes.ts'
import { linux, posix } from '../profile.ts'
import { formOf } from '../vocabulary/forms.ts'
import { rootActors, type Step } from '../vocabulary/scenario.ts'
import { parseCall } from '../vocabulary/text/parse.ts'
import type { World } from '../world.ts'
import { isPredictable } from './predictable.ts'
import { countAttached, pagesOf } from './segments.ts'

const calls = [
  ...['private', 'key1', 'key2'].flatMap((key) =>
    ['100', '4096', '8193', '0'].map((size) => `* = shmget(${key}, ${size}, IPC_CREAT|0600)`),
  ),
  '* = shmget(key1, 100, 0)',
  '* = shmget(key1, 100, IPC_CREAT|IPC_EXCL|0240)',
  ...['null', 'arena', 'arena+4096', 'arena+8191', 'P', 'P+4096', 'Q', '@5'].flatMap((address) =>
    ['0', 'SHM_RDONLY', 'SHM_RND', 'SHM_REMAP', 'SHM_RND|SHM_REMAP'].flatMap((flags) =>
      ['M', 'N'].map((id) => `* = shmat(${id}, ${address}, ${flags})`),
    ),
  ),
  ...['null', 'arena', 'arena+4096', 'P', 'P+1', 'P+4096', 'Q', 'R'].flatMap((address) => [
    `shmdt(${address})`,
    `shmdt(${address})`,
    `load(${address})`,
    `store(${address}, 7)`,
  ]),
  ...['M', 'N', 'O', '-1'].flatMap((id) => [
    ...['IPC_STAT', 'IPC_RMID', 'SHM_LOCK', 'SHM_UNLOCK'].map((command) => `shmctl(${id}, ${command})`),
    `shmctl(${id}, IPC_SET, own, own, 0)`,
    `shmctl(${id}, IPC_SET, 4242, -1, 0600)`,
    `shmctl(${id}, 999)`,
  ]),
  ...new Array(8).fill('* = fork()'),
  ...new Array(4).fill('exec(self)'),
  ...new Array(4).fill('_exit(0)'),
]

/** Variables by what makes them, in the order in which a program uses them. */
const names = { shmget: ['M', 'N', 'O'], shmat: ['P', 'Q', 'R', 'T', 'U'], fork: ['E', 'F'] } as const

/** A program's steps with the outcomes of each; steps that are not predictable are left out. */
function run(
  program: readonly (readonly [string, string])[],
  check: (world: World, step: Step, now: number) => Outcome,
) {
  const used = { shmget: 0, shmat: 0, fork: 0 }
  let world = initialWorld(usualFacts, rootActors)
  let now = 0
  for (const [actor, text] of program) {
    const maker = text.includes('= shmget') ? 'shmget' : text.includes('= fork') ? 'fork' : 'shmat'
    const name = names[maker][used[maker]]
    if (text.startsWith('*') && name === undefined) continue
    const call = parseCall(text.replace('*', name ?? ''))
    if (!canAct(world, actor) || !isPredictable(world, actor, call)) continue
    if (text.startsWith('*')) used[maker]++
    now++
    world = check(world, { actor, call }, now).world
  }
}

const programs = fc.array(fc.tuple(fc.constantFrom('A', 'A', 'B', 'E', 'F'), fc.constantFrom(...calls)), {
  maxLength: 30,
})

const documented = (world: World, { actor, call }: Step, now: number): Outcome => {
  const [first] = outcomes(world, actor, call, now, linux)
  if (first === undefined) throw new Error('no outcome')
  return first
}

it('what Linux may do is among what POSIX allows', () => {
  const keyOf = ({ world, events }: Outcome) => canonicalKey([world, events])
  fc.assert(
    fc.property(programs, (program) =>
      run(program, (world, step, now) => {
        const allowed = outcomes(world, step.actor, step.call, now, posix).map(keyOf)
        for (const outcome of outcomes(world, step.actor, step.call, now, linux))
          expect(allowed).toContain(keyOf(outcome))
        return documented(world, step, now)
      }),
    ),
    { numRuns: 300 },
  )
})

it('each predictable call returns or faults, once', () => {
  fc.assert(
    fc.property(programs, (program) =>
      run(program, (world, step, now) => {
        const outcome = documented(world, step, now)
        if (formOf(step.call.name).family === 'shared-memory') expect(outcome.events).toHaveLength(1)
        return outcome
      }),
    ),
    { numRuns: 200 },
  )
})

it('a removed segment exists while it is attached, and no page is mapped twice', () => {
  fc.assert(
    fc.property(programs, (program) =>
      run(program, (world, step, now) => {
        const outcome = documented(world, step, now)
        expectSound(outcome.world)
        return outcome
      }),
    ),
    { numRuns: 300 },
  )
})

function expectSound({ segments, processes, facts }: World): void {
  for (const [name, { removal, contents, size }] of Object.entries(segments)) {
    if (removal !== 'none')
      expect(countAttached({ segments, processes, facts } as World, name)).toBeGreaterThan(0)
    for (const [offset, byte] of Object.entries(contents)) {
      expect(byte).toBeGreaterThan(0)
      expect(Number(offset)).toBeLessThan(pagesOf(size, facts.pageSize) * facts.pageSize)
    }
  }
  for (const { attachments } of Object.values(processes)) {
    const pages = Object.values(attachments).flatMap(({ at, pieces, segment }) =>
      pieces.flatMap(({ first, pages: count }) => {
        expect(segments[segment]).toBeDefined()
        return Array.from(
          { length: count },
          (_, page) => `${at.base} ${at.offset / facts.pageSize + first + page}`,
        )
      }),
    )
    expect(new Set(pages).size).toBe(pages.length)
  }
}

it('nattch counts the mapped pieces of all processes', () => {
  fc.assert(
    fc.property(programs, (program) =>
      run(program, (world, step, now) => {
        const outcome = documented(world, step, now)
        for (const segment of Object.keys(outcome.world.segments)) {
          const call = { name: 'shmctl.IPC_STAT', segment } as const
          const event = outcomes(outcome.world, 'C', call, now + 1, linux)[0]?.events[0]
          if (event?.is !== 'returned' || event.result.out === null) continue
          const pieces = Object.values(outcome.world.processes).flatMap(({ attachments }) =>
            Object.values(attachments).flatMap((each) => (each.segment === segment ? each.pieces : [])),
          )
          expect(event.result.out.nattch).toBe(pieces.length)
        }
        return outcome
      }),
    ),
    { numRuns: 200 },
  )
})
