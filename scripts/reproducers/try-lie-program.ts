import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reproducerOf, tryReproducer } from '../../cli/findings/reproduce.ts'
import { HarnessError } from '../../harness/problems.ts'
import { host } from '../../harness/targets/host.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { linux } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { judge } from '../../oracle/judge.ts'
import type { Lie } from '../../properties/lies/lie.ts'
import { type Shown, showOverlapping } from './show-overlapping.ts'

/** What came of a program. */
export interface Tried {
  readonly name: string
  /** `none`: there is no program; `skipped`: it says itself that it cannot be tried. */
  readonly fate: 'right' | 'wrong' | 'none' | 'skipped'
  readonly remark: string
  readonly lines: number
}

/** The program that shows the lie's witness, with the lie and without. */
export async function tryLieProgram(lie: Lie, object: string, keep?: string): Promise<Tried> {
  try {
    return await tryWitness(lie, `env LD_PRELOAD=${object}`, keep)
  } catch (error) {
    if (error instanceof HarnessError)
      return { name: lie.name, fate: 'none', remark: error.message, lines: 0 }
    throw error
  }
}

async function tryWitness(lie: Lie, wrap: string, keep?: string): Promise<Tried> {
  const { name, mode, witness } = lie
  const start = { wrap }
  const target = await host.start(mode === 'overlapping' ? { ...start, spread: true } : start)
  const shown = await (mode === 'overlapping'
    ? showOverlapping(target, lie)
    : showStepped(target, witness)
  ).finally(() => target.close())
  if (typeof shown === 'string') return { name, fate: 'none', remark: shown, lines: 0 }
  const { recording, rule } = shown
  const made = reproducerOf({ recording, header: target.header, profile: linux, rule, target: host, start })
  if ('obstacle' in made) return { name, fate: 'none', remark: made.obstacle, lines: 0 }
  await kept(keep, `${name}.c`, made.text)
  const { confirmed, reason, tried } = await tryReproducer(made.text, { target: host, start })
  return {
    ...{ name, fate: confirmed ? 'right' : 'wrong', lines: made.text.split('\n').length },
    remark: confirmed
      ? ''
      : `${reason}: ${tried.map(({ status, output }) => `${status} ${output}`).join(' | ')}`,
  }
}

async function showStepped(target: StartedTarget, witness: string): Promise<Shown | string> {
  const [recording] = await target.run([parseScenario(witness).scenario])
  if (recording === undefined) return 'the probe did not answer'
  const rule = judge(recording, target.header, linux).deviations[0]?.rule
  return rule === undefined ? 'its witness does not deviate' : { recording, rule }
}

export async function kept(folder: string | undefined, name: string, text: string): Promise<void> {
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), text)
}
