import { host } from '../../harness/targets/host.ts'
import { linux } from '../../model/profile.ts'
import { accountOf } from '../../oracle/account.ts'
import { simulate } from '../../oracle/simulate.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { type NamedScenario, scenarioLibrary } from '../../properties/scenarios/library.ts'
import { reproducer } from '../../reports/reproducer/reproducer.ts'
import { kept, type Tried } from './try-lie-program.ts'

const families = ['semaphores', 'messages', 'shared-memory', 'processes'] as const

/** A trial for each named scenario: the program that looks at every step must conform here. */
export async function scenarioTrials(
  isChosen: (name: string) => boolean,
  cc?: string,
  keep?: string,
): Promise<readonly (() => Promise<Tried>)[]> {
  const { header, close } = await host.start({})
  await close()
  const named = families.flatMap(scenarioLibrary).filter(({ name }) => isChosen(name))
  return named.map((each) => () => tryScenarioProgram(each, header, cc, keep))
}

async function tryScenarioProgram(
  { name, text }: NamedScenario,
  header: TraceHeader,
  cc?: string,
  keep?: string,
): Promise<Tried> {
  const account = accountOf(simulate(text.scenario, header, linux), header, linux)
  const file = `${name.replaceAll('/', '-')}.c`
  const made = reproducer(account, { rule: null, clause: undefined, profile: linux, file })
  if ('obstacle' in made) return { name, fate: 'none', remark: made.obstacle, lines: 0 }
  await kept(keep, file, made.text)
  const tried = await host.try?.(made.text, cc === undefined ? {} : { cc })
  const lines = made.text.split('\n').length
  if (tried?.status === 0) return { name, fate: 'right', remark: '', lines }
  return {
    ...{ name, lines, fate: tried?.status === SKIPPED ? 'skipped' : 'wrong' },
    remark: `${tried?.status} ${tried?.output}`,
  }
}

const SKIPPED = 77
