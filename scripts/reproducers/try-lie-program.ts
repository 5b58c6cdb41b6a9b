import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reproducerOf, tryReproducer } from '../../cli/findings/reproduce.ts'
import { HarnessError } from '../../harness/problems.ts'
import { host } from '../../harness/targets/host.ts'
import { linux } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { judge } from '../../oracle/judge.ts'
import type { Lie } from '../../properties/lies/lie.ts'

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

async function tryWitness({ name, witness }: Lie, wrap: string, keep?: string): Promise<Tried> {
  const start = { wrap }
  const target = await host.start(start)
  const [recording] = await target.run([parseScenario(witness).scenario]).finally(() => target.close())
  if (recording === undefined) return { name, fate: 'none', remark: 'the probe did not answer', lines: 0 }
  const judgement = judge(recording, target.header, linux)
  const rule = judgement.deviations[0]?.rule
  if (rule === undefined) return { name, fate: 'none', remark: 'its witness does not deviate', lines: 0 }
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

export async function kept(folder: string | undefined, name: string, text: string): Promise<void> {
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), text)
}
