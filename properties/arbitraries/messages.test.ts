import { beforeAll, describe, expect, it } from 'vitest'
import * as control from '../../model/common/control.ts'
import * as get from '../../model/common/get.ts'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { sharedClauses } from '../../model/messages/clauses.ts'
import * as msgctl from '../../model/messages/msgctl.ts'
import * as msgget from '../../model/messages/msgget.ts'
import * as msgrcv from '../../model/messages/msgrcv.ts'
import * as msgsnd from '../../model/messages/msgsnd.ts'
import { sleepingClauses } from '../../model/messages/sleeping.ts'
import { type Outcome, outcomes } from '../../model/outcomes.ts'
import { linux } from '../../model/profile.ts'
import type { Clause } from '../../model/rule.ts'
import { rootActors, type Scenario } from '../../model/vocabulary/scenario.ts'
import { drawFrom, randomFor } from './draw.ts'
import { generate } from './generate.ts'
import { sleepOf } from './messages/scene.ts'
import { isRunnable } from './shrink.ts'

const SCENARIOS = 2000

const start = initialWorld(usualFacts, rootActors)
const scenarioOf = (index: number) =>
  generate(drawFrom(randomFor(1, index)), { start, families: ['messages'], slow: false })

describe('the generator of messages', () => {
  const scenarios: Scenario[] = []
  const used = new Set<string>()
  const ended: Outcome[] = []
  let sleeping = 0
  let crowded = 0
  let mixed = 0
  let calls = 0
  let wrong = 0

  beforeAll(() => {
    for (let index = 0; index < SCENARIOS; index++) {
      const scenario = scenarioOf(index)
      scenarios.push(scenario)
      walk(scenario)
    }
  }, 60_000)

  function walk({ steps }: Scenario): void {
    let world = start
    let last: Outcome | undefined
    for (const [at, { actor, call }] of steps.entries()) {
      const outcome = outcomes(world, actor, call, at + 1, linux)[0]
      if (outcome === undefined) return
      for (const rule of outcome.rules) used.add(rule)
      last = outcome
      world = outcome.world
      count(outcome)
    }
    if (last !== undefined) ended.push(last)
  }

  function count({ world, events }: Outcome): void {
    calls++
    const asleep = Object.keys(world.processes).filter((name) => sleepOf(world, name) !== undefined).length
    if (asleep > 0) sleeping++
    if (asleep > 1) crowded++
    if (events.some((event) => event.is === 'returned' && event.result.errno === 'EINVAL')) wrong++
    const queues = Object.values(world.queues)
    if (queues.some(({ messages }) => new Set(messages.map(({ type }) => type)).size > 1)) mixed++
  }

  it('exercises every rule', () => {
    expect(clausesOfMessages.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([])
  })

  it('makes scenarios of which every step can be made', () => {
    expect(scenarios.filter((scenario) => !isRunnable(scenario.steps, start))).toEqual([])
  }, 30_000)

  it('leads to several sleepers and to queues of several types, seldom to wrong arguments', () => {
    expect(sleeping / calls).toBeGreaterThan(0.35)
    expect(crowded / calls).toBeGreaterThan(0.12)
    expect(mixed / calls).toBeGreaterThan(0.15)
    expect(wrong / calls).toBeLessThan(0.03)
  })

  it('ends with queues that are empty, but for what too many sleepers sent', () => {
    const left = ended.filter(({ world }) =>
      Object.values(world.queues).some(({ messages }) => messages.length > 3),
    )
    expect(left.length).toBeLessThan(SCENARIOS / 20)
  })

  it('makes the same scenario from the same seed', () => {
    expect(scenarioOf(7)).toEqual(scenarios[7])
  })
})

const isClause = (value: object): value is Clause => 'strength' in value

const clausesOfMessages: readonly Clause[] = [
  ...[...msgget.rules, ...msgget.msggetClauses],
  ...[...msgsnd.rules, ...msgsnd.msgsndClauses],
  ...[...msgrcv.rules, ...msgrcv.msgrcvClauses],
  ...[...msgctl.rules, ...msgctl.msgctlClauses],
  ...[...sharedClauses, ...sleepingClauses],
  ...[...Object.values(get), ...Object.values(control)].filter(isClause),
]
