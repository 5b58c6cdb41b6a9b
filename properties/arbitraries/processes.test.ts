import { beforeAll, describe, expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { outcomes } from '../../model/outcomes.ts'
import { processClauses } from '../../model/processes/clauses/index.ts'
import { linux } from '../../model/profile.ts'
import { rootActors, type Scenario, type Step } from '../../model/vocabulary/scenario.ts'
import { drawFrom, randomFor } from './draw.ts'
import { generate } from './generate.ts'
import { isRunnable } from './shrink.ts'

const SCENARIOS = 1500
const PROCESSES_MAX = 12
const FORKS_MAX = 12

/** Rules that scenarios of this family alone cannot show in profile linux. */
const exceptions: readonly string[] = [
  // Needs adjustments or attachments: scenarios of the other families end processes that have some.
  'exit.resources.before-zombie',
  // Needs a group of several users: a named scenario shows it.
  'kill.permission.some',
  // Seldom: named scenarios show them.
  'usage.maxrss.maximum',
  'wait4.usage.child-and-its-reaped',
  'getrusage.who.einval',
  'waitpid.credentials.irrelevant',
  // Older versions of Linux show it.
  'sigchld.end.first-thread-code',
  // Name what other systems may do instead.
  'clone.unknown',
  'getpgid.negative.einval',
  'prctl.pdeathsig.unknown',
  'prctl.subreaper.unknown',
  'thread.flags.unknown',
  'waitpid.kinds.unknown',
]

const start = initialWorld(usualFacts, rootActors)

describe('the generator of processes', () => {
  const scenarios: Scenario[] = []
  const used = new Set<string>()
  let mostProcesses = 0
  let asleep = 0
  let steps = 0

  beforeAll(() => {
    for (let index = 0; index < SCENARIOS; index++) {
      const scenario = generate(drawFrom(randomFor(1, index)), {
        start,
        families: ['processes'],
        slow: false,
      })
      scenarios.push(scenario)
      walk(scenario)
    }
  }, 60_000)

  function walk({ steps: all }: Scenario): void {
    let world = start
    for (const [at, { actor, call }] of all.entries()) {
      const outcome = outcomes(world, actor, call, at + 1, linux)[0]
      if (outcome === undefined) return
      for (const rule of outcome.rules) used.add(rule)
      world = outcome.world
      mostProcesses = Math.max(mostProcesses, Object.keys(world.processes).length)
      if (world.processes[actor]?.activity.is === 'asleep') asleep++
      steps++
    }
  }

  const calls = (name: string): Step[] =>
    scenarios.flatMap((each) => each.steps).filter((step) => step.call.name === name)

  it('exercises every rule', () => {
    const unused = processClauses.map(({ id }) => id).filter((id) => !used.has(id))
    expect(unused.filter((id) => !exceptions.includes(id))).toEqual([])
  })

  it('makes scenarios of which every step can be made', () => {
    expect(scenarios.filter((scenario) => !isRunnable(scenario.steps, start))).toEqual([])
  }, 30_000)

  it('needs no more processes than the probe has seats', () => {
    expect(mostProcesses).toBeLessThanOrEqual(PROCESSES_MAX)
    const forks = scenarios.map(
      (scenario) => scenario.steps.filter(({ call }) => call.name === 'fork').length,
    )
    expect(Math.max(...forks)).toBeLessThanOrEqual(FORKS_MAX)
  })

  it('gives every child a name of its own', () => {
    for (const scenario of scenarios) {
      const names = scenario.steps.flatMap(({ call }) => (call.name === 'fork' ? call.as : []))
      expect(new Set([...rootActors, ...names]).size).toBe(rootActors.length + names.length)
    }
  })

  it('sends no signal to everybody', () => {
    const targets = calls('kill').map(({ call }) => 'process' in call && call.process)
    expect(targets.filter((target) => target === -1 || target === 'init' || target === '-init')).toEqual([])
  })

  it('often puts somebody to sleep, and makes few calls that fail for their arguments', () => {
    expect(asleep / steps).toBeGreaterThan(0.03)
    expect(calls('waitpid').length + calls('wait4').length + calls('waitid').length).toBeGreaterThan(
      steps / 10,
    )
  })

  it('makes the same scenario from the same seed', () => {
    const again = generate(drawFrom(randomFor(1, 7)), { start, families: ['processes'], slow: false })
    expect(again).toEqual(scenarios[7])
  })
})
