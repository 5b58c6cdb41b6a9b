import { formOf } from '../../model/vocabulary/forms.ts'
import { RUSAGE_SELF } from '../../model/vocabulary/names.ts'
import { rootActors, type Scenario, type Step } from '../../model/vocabulary/scenario.ts'
import type { Account, AccountStep } from '../../oracle/account.ts'
import type { RecordedStep } from '../../oracle/trace/trace.ts'
import { isPseudo } from './obstacle.ts'
import { say } from './said.ts'
import type { Said } from './saying.ts'

/** What a reproducer tells. */
export interface Story {
  readonly account: Account
  readonly scenario: Scenario
  readonly steps: readonly AccountStep[]
  /** Everybody who acts or is made, those that are there from the first first. */
  readonly actors: readonly string[]
  /** Step by step, in C. */
  readonly said: readonly Said[]
  /** Index of the step that deviates; -1: all steps are looked at. */
  readonly deviating: number
}

export function storyOf(account: Account): Story {
  const { steps, deviating } = account
  const scenario = { title: '', steps: steps.map(({ step }) => step) }
  const made = scenario.steps.flatMap(({ call }) => (makesProcess(call) && 'as' in call ? [call.as] : []))
  const mentioned = new Set(scenario.steps.flatMap(({ actor, call }) => [actor, ...processesOf(call)]))
  const last = rootActors.findLastIndex((name) => mentioned.has(name))
  const roots = rootActors.slice(0, last + 1)
  return {
    ...{ account, scenario, steps, deviating },
    actors: [...new Set([...roots, ...made])],
    said: scenario.steps.map(({ actor, call }, at) =>
      say(call, {
        ...{ number: at + 1, actor, scenario },
        clobbered: steps.slice(at).some(({ observed }) => isClobbered(observed, actor)),
      }),
    ),
  }
}

const isClobbered = ({ events }: RecordedStep, actor: string) =>
  events.some((event) => event.is === 'returned' && event.actor === actor && event.clobbered)

/** The processes that a call is given. */
const processesOf = (call: Step['call']): readonly string[] =>
  formOf(call.name)
    .arguments.filter(({ kind }) => kind === 'process')
    .map(({ name }) => String((call as unknown as Readonly<Record<string, unknown>>)[name]).replace(/^-/, ''))

const makesProcess = ({ name }: Step['call']) => {
  const { makes } = formOf(name)
  return makes === 'process' || makes === 'thread'
}

/** What a program needs to make its actors act. */
export type Stage = 'alone' | 'turns' | 'sleepers' | 'actors'

/**
 * `alone`: no process but one. `turns`: processes that hand on the turn, since none of them sleeps in a call.
 * `sleepers`: processes that sleep in calls and return from them. `actors`: processes that end, stop, and make others.
 */
export const stageOf = (story: Story): Stage =>
  isAlone(story) ? 'alone' : takesTurns(story) ? 'turns' : onlySleeps(story) ? 'sleepers' : 'actors'

/** Nobody sleeps, and whoever there is besides is a child that does nothing but to end. */
const isAlone = (story: Story): boolean => {
  const [main, ...others] = story.actors
  return (
    !mentionsInit(story) &&
    story.steps[story.deviating]?.step.call.name !== 'fork' &&
    others.every((child) => parentOf(story, child) === main) &&
    story.steps.every(
      ({ step, observed, allowed }) =>
        (step.actor === main ? isOwnCall(step) : step.call.name === '_exit') &&
        [observed.events, ...allowed.map(({ outcome }) => outcome.events)].every(
          ([event, ...more]) =>
            more.length === 0 &&
            event?.actor === step.actor &&
            (step.actor === main ? /^(returned|faulted)$/ : /^ended$/).test(event.is),
        ),
    )
  )
}

/** What the main process may do itself, and still clean up. */
const isOwnCall = (step: Step): boolean =>
  !isPseudo(step) &&
  !asksForItself(step) &&
  !/^(become|getppid|setrlimit|sig|caught|prctl|vfork|clone|thread|exec|unshare|_exit|setnextpid|burn|fill)/.test(
    step.call.name,
  )

/** What the main process has used tells of those, too, in whose place it was executed. */
const asksForItself = ({ call }: Step): boolean => call.name === 'getrusage' && call.who === RUSAGE_SELF

/** What each child of the main process does: it ends at a step, or stays. */
export const endOf = ({ scenario: { steps } }: Pick<Story, 'scenario'>, child: string): number =>
  steps.findIndex(({ actor, call }) => actor === child && call.name === '_exit')

/** Whether it matters who is whose child. */
export const isAboutProcesses = ({ steps }: Story): boolean =>
  steps.some(
    ({ step: { call } }) => formOf(call.name).reach === 'processes' || /^[gs]et(p|s)[gip]/.test(call.name),
  )

/**
 * In each step nothing happens but that its call returns, or that who calls `_exit` ends, which its parent sees next. The
 * main process is the first actor, so that others are its children, whom it must be allowed to end.
 */
const takesTurns = (story: Story): boolean =>
  (!isAboutProcesses(story) || story.actors.filter(isRoot).length === 1) &&
  !mentionsInit(story) &&
  story.steps.every(
    ({ step, observed, allowed }, at) =>
      !isPseudo(step) &&
      !changesItself(step) &&
      !(step.actor === story.actors[0] && asksForItself(step)) &&
      (step.call.name !== '_exit' || parentOf(story, step.actor) === story.steps[at + 1]?.step.actor) &&
      [observed.events, ...allowed.map(({ outcome }) => outcome.events)].every(
        ([event, ...others]) =>
          event !== undefined &&
          others.length === 0 &&
          event.actor === step.actor &&
          (event.is === 'ended' ? step.call.name === '_exit' : /^(returned|faulted)$/.test(event.is)),
      ),
  )

/** Nobody does anything but to sleep, to return and to end, and it does not matter whose children they are. */
const onlySleeps = (story: Story): boolean =>
  story.scenario.steps.every(isOfNoFamily) &&
  story.actors.every(isRoot) &&
  !mentionsInit(story) &&
  story.steps.every(({ observed, allowed }) =>
    [observed.events, ...allowed.map(({ outcome }) => outcome.events)].every((events) =>
      events.every(({ is }) => /^(returned|faulted|ended)$/.test(is)),
    ),
  )

/** Signals go from one to another, and nobody asks for children, groups or sessions. */
const isOfNoFamily = ({ call }: Step): boolean =>
  call.name === 'kill'
    ? isRoot(String(call.process))
    : /^(_exit|sig|caught|become)/.test(call.name) ||
      (formOf(call.name).reach !== 'processes' && !/^([gs]et(p|s)[gip]|prctl|unshare)/.test(call.name))

/** Whether anybody ends, or might. */
export const hasEnds = ({ steps }: Story): boolean =>
  steps.some(
    ({ step, observed, allowed }) =>
      step.call.name === '_exit' ||
      [observed.events, ...allowed.map(({ outcome }) => outcome.events)].some((events) =>
        events.some(({ is }) => is === 'ended'),
      ),
  )

const mentionsInit = ({ steps }: Story): boolean =>
  JSON.stringify(steps, (_, each) => (typeof each === 'bigint' ? 0 : each)).includes('"of":"init"')

/** Whether anything happens in a step but that its call returns. */
export const hasSleepers = ({ steps }: Story): boolean =>
  steps.some(
    ({ step, observed, allowed }) =>
      isPseudo(step) ||
      [observed.events, ...allowed.map(({ outcome }) => outcome.events)].some(
        ([event, ...others]) =>
          event?.actor !== step.actor || others.length > 0 || !/^(returned|faulted)$/.test(event.is),
      ),
  )

/** Calls after which a process is another one, or handles signals. */
const changesItself = ({ call }: Step): boolean =>
  /^(become|vfork|clone|thread|exec|sigaction|caught|prctl)/.test(call.name)

const parentOf = ({ scenario: { steps } }: Pick<Story, 'scenario'>, actor: string): string =>
  steps.find(({ call }) => call.name === 'fork' && call.as === actor)?.actor ?? ''

const isRoot = (actor: string) => (rootActors as readonly string[]).includes(actor)
