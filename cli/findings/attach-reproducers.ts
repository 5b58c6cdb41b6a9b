import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { StartOptions, Target } from '../../harness/targets/target.ts'
import type { Profile } from '../../model/profile.ts'
import type { DeviationRecord } from '../../oracle/run.ts'
import { readTrace } from '../../oracle/trace/read-trace.ts'
import type { RunFolder } from '../run-folder.ts'
import { REPRODUCER, TRACE, UNCONFIRMED } from './finding-folder.ts'
import { reproducerOf, tryReproducer } from './reproduce.ts'

export interface Attaching {
  readonly target: Target
  readonly start: StartOptions
  readonly profile: Profile
  readonly folder: RunFolder
  readonly stop: AbortSignal
}

/** Milliseconds that a run takes for its reproducers. */
const TIME_MAX = 120_000

/** The findings with a C program each, as far as there is one, in their folders. */
export async function attachReproducers(
  deviations: readonly DeviationRecord[],
  attaching: Attaching,
): Promise<readonly DeviationRecord[]> {
  const until = performance.now() + TIME_MAX
  const attached: DeviationRecord[] = []
  for (const deviation of deviations) {
    const hasTime = performance.now() < until && !attaching.stop.aborted
    attached.push(deviation.file === '' ? deviation : await attach(deviation, attaching, hasTime))
  }
  return attached
}

const untried = {
  ...{ confirmed: false, tried: [] },
  reason: 'there was no time left to try it; `ipc-oracle reproduce` with --check does',
}

async function attach(
  deviation: DeviationRecord,
  attaching: Attaching,
  hasTime: boolean,
): Promise<DeviationRecord> {
  const { folder, target } = attaching
  const without = (reason: string): DeviationRecord => ({
    ...deviation,
    reproducer: { file: '', confirmed: false, reason, tried: [] },
  })
  const file = join(folder.path(), dirname(deviation.file), TRACE)
  const { header, recordings } = await readTrace(await readFile(file, 'utf8'), file)
  for await (const recording of recordings) {
    const made = reproducerOf({ ...attaching, recording, header, rule: deviation.rule })
    if ('obstacle' in made) return without(`no reproducer: ${made.obstacle}`)
    const tried = hasTime ? await tryReproducer(made.text, { target, start: attaching.start }) : untried
    const name = tried.confirmed ? REPRODUCER : UNCONFIRMED
    const file = await folder.add(deviation.file, name, made.text)
    return { ...deviation, reproducer: { file, text: made.text, ...tried } }
  }
  return without('the trace is empty')
}
