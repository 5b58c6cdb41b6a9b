import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalKey } from '../canonical.ts'
import { initialWorld, usualFacts } from '../initial.ts'
import { canAct, type Outcome, outcomes } from '../outcomes.ts'
import { linux, posix } from '../profile.ts'
import { rootActors, type Step } from '../vocabulary/scenario.ts'
import { parseCall } from '../vocabulary/text/parse.ts'
import type { World } from '../world.ts'
import { INIT, isAlive, lifecycleOf } from './lifecycle.ts'
import { isHopeless, reporting } from './search.ts'
import type { Unrest } from './unrest.ts'
import { waitingOf } from './waiting.ts'

const signals = ['SIGSTOP', 'SIGCONT', 'SIGCONT', 'SIGTERM', 'SIGKILL', 'SIGUSR1', 'SIGTSTP', 'SIGHUP']
const options = ['0', 'WNOHANG', 'WUNTRACED', 'WCONTINUED', 'WNOHANG|WCONTINUED', 'WNOHANG|WUNTRACED']
const children = [
  'sigaction(SIGCHLD, handler)',
  'sigaction(SIGCHLD, handler, SA_RESTART)',
  'sigaction(SIGCHLD, handler, SA_NOCLDWAIT)',
  'sigaction(SIGCHLD, handler, SA_NOCLDSTOP)',
  'sigaction(SIGCHLD, SIG_IGN)',
  'sigaction(SIGCHLD, SIG_DFL)',
  'sigprocmask(SIG_BLOCK, SIGCHLD)',
  'prctl(PR_SET_CHILD_SUBREAPER, 1)',
]

/** `*`: the next child; `@`: some process that was forked before. */
const templates = [
  ...Array.from({ length: 12 }, () => '* = fork()'),
  ...signals.flatMap((signal) => [`kill(@, ${signal})`, `kill(@, ${signal})`, `kill(-@, ${signal})`]),
  ...['kill(0, SIGTERM)', 'kill(0, SIGSTOP)', 'kill(0, SIGCONT)'],
  ...['@', '-1', '0', '-@'].flatMap((whom) => options.map((option) => `waitpid(${whom}, ${option})`)),
  ...['P_PID, @', 'P_ALL, 0', 'P_PGID, @'].flatMap((whom) =>
    ['WEXITED', 'WSTOPPED', 'WSTOPPED|WCONTINUED', 'WEXITED|WNOWAIT', 'WSTOPPED|WEXITED|WNOHANG'].map(
      (option) => `waitid(${whom}, ${option})`,
    ),
  ),
  ...children,
  ...['SIGUSR1', 'SIGCONT', 'SIGHUP', 'SIGTSTP'].flatMap((signal) => [
    `sigaction(${signal}, handler)`,
    `sigaction(${signal}, handler, SA_RESTART)`,
    `sigaction(${signal}, SIG_IGN)`,
  ]),
  ...['SIGCHLD', 'SIGUSR1', 'SIGTSTP', 'SIGCONT'].flatMap((signal) => [
    `sigprocmask(SIG_BLOCK, ${signal})`,
    `sigprocmask(SIG_UNBLOCK, ${signal})`,
    `sigpending(${signal})`,
    `caught(${signal})`,
  ]),
  ...Array.from({ length: 6 }, () => '_exit(3)'),
  ...['_exit(300)', 'exec(self)', 'setsid()', 'setsid()', 'getppid()', 'getpgid(@)'],
  ...['setpgid(0, 0)', 'setpgid(0, 0)', 'setpgid(@, 0)', 'setpgid(0, @)', 'setpgid(@, @)'],
  ...['semop(S, [0 -1])', 'semop(S, [0 +1 SEM_UNDO])', 'semop(S, [0 -1 SEM_UNDO])'],
]

const names = ['E', 'F', 'G', 'H', 'I', 'J']
const roots = rootActors.slice(0, 2)

/** Forks and settings first, by whoever there is, and then anything. */
const programs = (length: number) => {
  const line = (...texts: readonly string[]) =>
    fc.tuple(fc.nat(99), fc.constantFrom(...texts), fc.nat(99), fc.nat(99))
  return fc
    .tuple(
      fc.array(line('* = fork()', '* = fork()', ...children), { minLength: 2, maxLength: 6 }),
      fc.array(line(...templates), { maxLength: length, size: 'max' }),
    )
    .map(([first, then]) => [...first, ...then])
}

type Program = readonly (readonly [number, string, number, number])[]

/** Runs a program from a world with a semaphore set; `go` chooses how each step ends. Root actors are spared. */
function run(program: Program, go: (world: World, step: Step, now: number) => Outcome): World {
  const set = { actor: 'A', call: parseCall('S = semget(private, 1)') }
  let { world } = go(initialWorld(usualFacts, roots), set, 1)
  let forked = 0
  program.forEach(([who, template, one, other], at) => {
    const known = names.slice(0, forked)
    const actors = ['A', ...known, 'B'].filter((name) => canAct(world, name))
    const actor = actors[who % Math.max(actors.length, 1)]
    const isFork = template.startsWith('*')
    if (actor === undefined || (isFork && forked === names.length)) return
    if (roots.some((root) => root === actor) && /^(_exit|kill.0)/.test(template)) return
    if (template.includes('@') && forked === 0) return
    const picks = [one, other]
    const text = template
      .replace('*', names[forked] ?? '')
      .replaceAll('@', () => known[(picks.shift() ?? 0) % known.length] ?? 'A')
    if (isFork) forked++
    world = go(world, { actor, call: parseCall(text) }, at + 2).world
  })
  return world
}

const firstOf = (found: readonly Outcome[]): Outcome => {
  const [first] = found
  if (first === undefined) throw new Error('a step without an outcome')
  return first
}

const documented = (check: (world: World, outcome: Outcome, step: Step) => void) => (program: Program) => {
  run(program, (world, step, now) => {
    const found = outcomes(world, step.actor, step.call, now, linux)
    for (const outcome of found) check(world, outcome, step)
    return firstOf(found)
  })
}

const childless = (world: World) =>
  Object.keys(world.processes).filter((name) => {
    const { parent = INIT, life = 'running' } = lifecycleOf(world, name) ?? {}
    return life === 'zombie' && (parent === INIT || !isAlive(world, parent))
  })

it('leaves no zombie at rest whose parent cannot wait for it', () => {
  fc.assert(
    fc.property(
      programs(25),
      documented((_, { world }) => expect(childless(world)).toEqual([])),
    ),
  )
})

it('ends, stops and continues a process once, and returns nothing for a process that cannot run', () => {
  fc.assert(
    fc.property(
      programs(25),
      documented((before, { world, events }) => {
        const seen = events.map(({ actor, is }) => `${actor} ${is}`)
        expect(new Set(seen).size).toBe(seen.length)
        for (const { actor, is } of events) {
          if (is === 'returned') expect(lifecycleOf(before, actor)?.life).not.toBe('zombie')
          if (is === 'returned' && isAlive(world, actor))
            expect(world.processes[actor]?.activity.is).toBe('idle')
          if (is === 'ended') expect(isAlive(world, actor)).toBe(false)
          if (is === 'stopped') expect(lifecycleOf(world, actor)?.life).toBe('stopped')
        }
      }),
    ),
  )
})

it('reports every end once', () => {
  fc.assert(
    fc.property(programs(30), (program) => {
      const ends: string[] = []
      documented((before, { world }, { call }) => {
        if (!call.name.startsWith('wait')) return
        const gone = Object.keys(before.processes).filter((name) => !(name in world.processes))
        expect(gone.length).toBeLessThanOrEqual(1)
        for (const name of gone) expect(lifecycleOf(before, name)?.life).toBe('zombie')
        ends.push(...gone)
      })(program)
      expect(new Set(ends).size).toBe(ends.length)
    }),
  )
})

it('lets no wait sleep that was told of something to return for', () => {
  fc.assert(
    fc.property(
      programs(30),
      documented((before, { world }, { call }) => {
        if (['setpgid', 'setsid'].includes(call.name)) return
        for (const name of Object.keys(world.processes)) {
          const sleep = waitingOf(world, name)
          if (sleep === undefined) continue
          const search = {
            moment: { world } as Unrest['moment'],
            waiter: name,
            call: sleep.call,
            selector: sleep.selector,
          }
          const isNew = (child: string) => {
            const was = lifecycleOf(before, child)
            const is = lifecycleOf(world, child)
            return was?.parent === name && canonicalKey(was.report) !== canonicalKey(is?.report)
          }
          expect(reporting(search).filter(isNew)).toEqual([])
          if (sleep.selector.is !== 'group') expect(isHopeless(search)).toBe(false)
        }
      }),
    ),
  )
})

it('keeps groups within one session, and blocked lists without SIGKILL and SIGSTOP', () => {
  fc.assert(
    fc.property(
      programs(25),
      documented((_, { world }) => {
        const sessions = new Map<string, string>()
        for (const { lifecycle } of Object.values(world.processes)) {
          expect(sessions.get(lifecycle.group) ?? lifecycle.session).toBe(lifecycle.session)
          sessions.set(lifecycle.group, lifecycle.session)
          expect(lifecycle.blocked.filter((signal) => signal === 9 || signal === 19)).toEqual([])
        }
      }),
    ),
  )
})

it('allows in POSIX whatever it allows on Linux', { timeout: 120_000 }, () => {
  const keyOf = ({ world, events }: Outcome) => `${canonicalKey(world)} ${canonicalKey(events)}`
  fc.assert(
    fc.property(programs(18), (program) => {
      run(program, (world, { actor, call }, now) => {
        const narrow = outcomes(world, actor, call, now, linux)
        const wide = new Set(outcomes(world, actor, call, now, posix).map(keyOf))
        for (const outcome of narrow) expect(wide).toContain(keyOf(outcome))
        return firstOf(narrow)
      })
    }),
  )
})

it('leaves actors in states that a step can go on from, whatever POSIX allows', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(programs(18), fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (program, picks) => {
      run(program, (world, { actor, call }, now) => {
        const found = outcomes(world, actor, call, now, posix)
        const chosen = found[(picks[now % picks.length] ?? 0) % found.length] ?? firstOf(found)
        for (const [name, { activity, lifecycle }] of Object.entries(chosen.world.processes)) {
          if (lifecycle.life !== 'running') continue
          expect(activity.is, name).not.toBe('held')
          expect(activity.is === 'asleep' && activity.on.in, `${name} has returned`).not.toBe('return')
        }
        return chosen
      })
    }),
  )
})
