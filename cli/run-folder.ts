import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { profiles } from '../model/profile.ts'
import { headerText, recordingText } from '../oracle/trace/write-trace.ts'
import type { CampaignOptions } from '../properties/agreement/campaign-options.ts'
import { findingPicture } from '../reports/diagram/finding-picture.ts'
import type { ReportedRun } from '../reports/reported-run.ts'
import { fileProblem } from './file-problem.ts'
import { ENVIRONMENT, FINDING, PICTURE, TRACE, VERDICT, verdictOfFinding } from './findings/finding-folder.ts'
import { makeFolder } from './make-folder.ts'
import { UsageError } from './usage-error.ts'

/** Where a run is stored. Writing never throws: what failed is in `problems`, and the run goes on. */
export interface RunFolder {
  /** Stores a finding as scenario and trace; the name of its scenario within the folder, '' if that failed. */
  readonly save: CampaignOptions['save']
  /** Stores a file beside the scenario of a finding; its name within the folder, '' if that failed. */
  add(finding: string, name: string, text: string): Promise<string>
  /** Stores the record of the run, if the folder was asked for or holds findings. */
  finish(run: ReportedRun, environment: object): Promise<void>
  /** As the user may type it; empty as long as there is none. */
  path(): string
  problems(): readonly string[]
}

/**
 * The folder `out`, made now and known to be writable, or, if none was asked for, one that is made with the first
 * finding. Throws `UsageError` if `out` cannot be used; a folder that holds a run already is left as it is.
 */
export async function openRunFolder(
  out: string | undefined,
  started: Date,
  seed: number,
): Promise<RunFolder> {
  const folder = out ?? join('runs', `${dateWords(started)}-${seed}`)
  const problems: string[] = []
  let made = false
  if (out !== undefined) {
    await makeAsked(folder)
    made = true
  }

  const attempt = async (file: string, write: () => Promise<void>): Promise<boolean> => {
    try {
      await makeFolder(dirname(join(folder, file)))
      made = true
      await write()
      return true
    } catch (error) {
      const problem = `${join(folder, file)} could not be written: ${fileProblem(error)}.`
      if (problems.length < PROBLEMS_MAX && !problems.includes(problem)) problems.push(problem)
      return false
    }
  }

  const saved: string[] = []
  const store = (file: string, text: string) => attempt(file, () => writeNew(join(folder, file), text))

  return {
    path: () => (made ? folder : ''),
    problems: () => problems,
    async save(name, text, recording, header) {
      const base = freeName(folder, name)
      const title = recording.scenario.title || `${name} deviates (seed ${seed})`
      const trace = headerText(header) + recordingText(recording)
      const stored =
        (await store(`${base}/${FINDING}`, text.startsWith('#') ? text : `# ${title}\n${text}`)) &&
        (await store(`${base}/${TRACE}`, trace))
      if (stored) saved.push(base)
      return stored ? `${base}/${FINDING}` : ''
    },
    async add(finding, name, text) {
      const file = `${dirname(finding)}/${name}`
      return (await store(file, text)) ? file : ''
    },
    async finish(run, environment) {
      if (!made) return
      await writeVerdicts(run, environment)
      await attempt('run.json', () => writeWhole(join(folder, 'run.json'), run))
      await attempt('environment.json', () => writeWhole(join(folder, 'environment.json'), environment))
    },
  }

  /** What was found is in its folder; what another finding stands for is not. */
  async function writeVerdicts(run: ReportedRun, environment: object): Promise<void> {
    const kept = new Set<string>()
    for (const target of run.targets)
      for (const deviation of target.deviations) {
        if (deviation.file === '') continue
        const base = dirname(deviation.file)
        kept.add(base)
        await attempt(`${base}/${VERDICT}`, () =>
          writeWhole(join(folder, base, VERDICT), verdictOfFinding(run, target, deviation)),
        )
        await attempt(`${base}/${ENVIRONMENT}`, () =>
          writeWhole(join(folder, base, ENVIRONMENT), environment),
        )
        const picture = findingPicture(deviation, profiles[run.profile])
        if ('svg' in picture) await store(`${base}/${PICTURE}`, picture.svg)
      }
    for (const base of saved)
      if (!kept.has(base)) await rm(join(folder, base), { recursive: true, force: true })
  }
}

const PROBLEMS_MAX = 5

const dateWords = (date: Date) => date.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')

async function makeAsked(folder: string): Promise<void> {
  if (existsSync(join(folder, 'run.json')))
    throw new UsageError(`--out ${folder} holds a run already (run.json); name another folder.`)
  const trial = join(folder, `.writable-${process.pid}`)
  try {
    await makeFolder(folder)
    await writeFile(trial, 'a run will be stored here\n')
    await rm(trial)
  } catch (error) {
    await rm(trial, { force: true }).catch(() => {})
    throw new UsageError(`--out ${folder} cannot be used: ${fileProblem(error)}.`)
  }
}

function freeName(folder: string, name: string): string {
  const plain = `findings/${name.replaceAll(/[^\w.-]+/g, '-')}`
  for (let number = 1; ; number++) {
    const base = number === 1 ? plain : `${plain}-${number}`
    if (!existsSync(join(folder, base))) return base
  }
}

/** A file that is there in full or not at all; an earlier one is not touched. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(file, { force: true }).catch(() => {})
    throw error
  }
}

async function writeWhole(file: string, value: object): Promise<void> {
  const json = JSON.stringify(
    value,
    (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each),
    2,
  )
  await writeNew(`${file}.new`, `${json}\n`)
  await rename(`${file}.new`, file)
}
