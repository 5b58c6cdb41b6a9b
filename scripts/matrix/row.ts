import { join } from 'node:path'
import { execa } from 'execa'
import { packageRoot } from '../../harness/package-root.ts'
import { NotInstalled } from '../../harness/problems.ts'
import { targetNamed } from '../../harness/targets/targets.ts'
import type { ReportedRun } from '../../reports/reported-run.ts'

/** What came of a target. */
export interface Row {
  readonly target: string
  /** The exit status of its run; 0 for what cannot run here and was not named. */
  readonly status: number
  /** Why it was left out, with what to install; empty if it ran. */
  readonly skipped: string
  /** Undefined if there was none. */
  readonly run: ReportedRun | undefined
  /** Of the whole run, from the start of the command to its end. */
  readonly seconds: number
  /** The end of what the command said, where it has no run. */
  readonly said: string
}

export interface Running {
  readonly time?: string
  readonly scenarios?: string
  readonly seed?: string
  readonly stop: AbortSignal
  /** What cannot run is then a failure. */
  readonly isNamed: boolean
}

/** Runs the suite on a target in a process of its own. */
export async function runRow(target: string, running: Running): Promise<Row> {
  const { time, scenarios, seed, stop, isNamed } = running
  const began = performance.now()
  const words = [
    ...['run', '--target', target, '--json', '--no-reproducers'],
    ...(time === undefined ? [] : ['--time', time]),
    ...(scenarios === undefined ? [] : ['--scenarios', scenarios]),
    ...(seed === undefined ? [] : ['--seed', seed]),
  ]
  const {
    exitCode = 1,
    stdout,
    stderr,
  } = await execa(process.execPath, [join(packageRoot, 'bin/ipc-oracle.js'), ...words], {
    ...{ reject: false, cancelSignal: stop, forceKillAfterDelay: 10_000 },
  })
  const run = parsed(stdout)
  const row = { target, run, seconds: (performance.now() - began) / 1000, said: lastLines(stderr) }
  const isIdle = run?.targets.every(({ scenarios }) => scenarios === 0) ?? true
  const lacking = isIdle && !isNamed ? await whatIsLacking(target) : ''
  return { ...row, status: lacking === '' ? exitCode : 0, skipped: lacking }
}

async function whatIsLacking(target: string): Promise<string> {
  try {
    await (await targetNamed(target)?.start({}))?.close()
    return ''
  } catch (error) {
    return error instanceof NotInstalled ? error.message : ''
  }
}

function parsed(text: string): ReportedRun | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const lastLines = (text: string) => text.trim().split('\n').slice(-3).join('\n')
