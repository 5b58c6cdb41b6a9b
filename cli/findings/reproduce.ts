import { host } from '../../harness/targets/host.ts'
import type { StartOptions, Target } from '../../harness/targets/target.ts'
import { clauseOf } from '../../model/catalogue.ts'
import type { Profile } from '../../model/profile.ts'
import { accountOf } from '../../oracle/account.ts'
import type { ReproducerRecord } from '../../oracle/run.ts'
import { isOverlapping } from '../../oracle/trace/timed-call.ts'
import type { Recording, TraceHeader } from '../../oracle/trace/trace.ts'
import { overlappingReproducer } from '../../reports/reproducer/overlapping/reproducer.ts'
import { type Reproducer, reproducer } from '../../reports/reproducer/reproducer.ts'
import { REPRODUCER } from './finding-folder.ts'
import { overlappingAccount } from './overlapping-account.ts'

export interface Reproducing {
  readonly recording: Recording
  readonly header: TraceHeader
  readonly profile: Profile
  /** Null where nothing deviates. */
  readonly rule: string | null
  readonly target: Target
  readonly start: StartOptions
}

/** The C program of a finding. */
export function reproducerOf(of: Reproducing & { readonly rule: string }): Reproducer {
  const { recording, header, profile } = of
  if (isOverlapping(recording)) return programOf(of)
  const account = accountOf(recording, header, profile)
  if (account.deviating < 0) return { obstacle: account.reason || 'the recording does not deviate' }
  return programOf(of)
}

/** The same; of a recording that conforms a program that looks at every step. */
export function programOf(
  { recording, header, profile, rule, target, start }: Reproducing,
  ktap = false,
): Reproducer {
  const options = {
    ...{ rule, clause: rule === null ? undefined : clauseOf(rule), profile, file: REPRODUCER, ktap },
    ...(start.wrap === undefined || target.name !== host.name ? {} : { start: start.wrap }),
  }
  if (!isOverlapping(recording)) return reproducer(accountOf(recording, header, profile), options)
  const account = overlappingAccount(recording, header, profile, rule !== null)
  return 'obstacle' in account ? account : overlappingReproducer(account, options)
}

/** What a program came to where the finding was made, and where it should not show: `text` is not attached before. */
export const tryReproducer = (text: string, place: Pick<Reproducing, 'target' | 'start'>) =>
  tryProgramOf(text, place, true)

export async function tryProgramOf(
  text: string,
  { target, start }: Pick<Reproducing, 'target' | 'start'>,
  deviates: boolean,
): Promise<Omit<ReproducerRecord, 'file'>> {
  const due = deviates ? DEVIATES : 0
  const tried: { on: string; status: number | null; output: string }[] = []
  if (target.try === undefined)
    return { confirmed: false, reason: `it was not tried: programs cannot be run on ${target.name}`, tried }
  for (let time = 0; time < TIMES && tried[0]?.status !== due; time++) {
    const { status, output } = await target.try(text, start)
    tried[0] = { on: target.name, status, output }
  }
  if (target !== host || start.wrap !== undefined || start.cc !== undefined) {
    const conforming = await host.try?.(text, {})
    if (conforming !== undefined) tried.push({ on: conformingName, ...conforming })
  }
  const [shown, passed] = tried
  const reason =
    shown?.status !== due
      ? `it does not ${deviates ? 'deviate' : 'conform'} on ${target.name}`
      : passed !== undefined && passed.status !== 0
        ? `it does not conform on ${conformingName}`
        : ''
  return { confirmed: reason === '', reason, tried }
}

/** The exit status of a program that shows a deviation; how often one may fail to. */
const DEVIATES = 1
const TIMES = 5

const conformingName = `${host.name}, as it is`
