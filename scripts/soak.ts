/**
 * `npm run soak`: looks for false alarms. Runs the suite on this machine's kernel in both profiles: alone, beside busy
 * loops, two at once, and as a user without privileges; every deviation it finds here has to be explained.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { $, within } from 'zx'
import { packageRoot } from '../harness/package-root.ts'
import type { RunRecord } from '../oracle/run.ts'
import { loads } from './soak/loads.ts'
import { openTree, type Tree } from './soak/tree.ts'

interface Options {
  readonly time: string
  readonly busyLoops: string
  readonly json?: boolean
}

/** What a part of the soak came to. */
interface Part {
  readonly part: string
  readonly profile: string
  readonly detection: string
  readonly scenarios: number
  readonly steps: number
  readonly deviations: number
  readonly inconclusive: number
  readonly errors: readonly string[]
}

await new Command('soak')
  .description(
    'Run the suite on this kernel under load, two at once and without privileges; nothing may deviate.',
  )
  .option('--time <duration>', 'how long each run takes', '60s')
  .option('--busy-loops <n>', 'processes that spin beside a run', '4')
  .option('--json', 'print one JSON object')
  .action(main)
  .parseAsync()

async function main({ time, busyLoops, json }: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-oracle-soak-'))
  const stop = stopOnSignals()
  const parts: Part[] = []
  const show = (part: Part) => {
    parts.push(part)
    if (!json) process.stdout.write(`${line(part)}\n`)
  }
  try {
    const own: Tree = { root: packageRoot, home: folder, prefix: [] }
    const other = await openTree(folder)
    for (const profile of ['linux', 'posix']) {
      if (stop.aborted) break
      const judged = (part: string, tree = own) => run(tree, part, profile, time, stop)
      show(await judged('alone'))
      await loads(Number(busyLoops), async () => show(await judged('beside busy loops')))
      for (const part of await Promise.all([judged('one of two'), judged('two of two')])) show(part)
      if (other === undefined) continue
      show(await judged('unprivileged', other))
      await loads(Number(busyLoops), async () => show(await judged('unprivileged beside busy loops', other)))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const sum = (count: (part: Part) => number) => parts.reduce((total, part) => total + count(part), 0)
  const total = {
    scenarios: sum(({ scenarios }) => scenarios),
    steps: sum(({ steps }) => steps),
    deviations: sum(({ deviations }) => deviations),
    inconclusive: sum(({ inconclusive }) => inconclusive),
    errors: sum(({ errors }) => errors.length),
  }
  if (json) process.stdout.write(`${JSON.stringify({ total, parts }, null, 2)}\n`)
  else
    process.stdout.write(
      `${total.steps.toLocaleString('en')} steps: ${total.deviations} deviations, ${total.inconclusive} inconclusive, ${total.errors} errors\n`,
    )
  process.exitCode = stop.aborted ? 130 : total.deviations + total.inconclusive + total.errors > 0 ? 1 : 0
}

function stopOnSignals(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

/** One run of all families with a random seed. */
function run(
  { root, home, prefix }: Tree,
  part: string,
  profile: string,
  time: string,
  signal: AbortSignal,
): Promise<Part> {
  const nothing = { part, profile, detection: '', scenarios: 0, steps: 0, deviations: 0, inconclusive: 0 }
  const interrupted = { ...nothing, errors: ['was interrupted'] }
  return within(async () => {
    if (signal.aborted) return interrupted
    $.cwd = home
    $.quiet = true
    $.nothrow = true
    $.signal = signal
    $.killSignal = 'SIGINT'
    $.env = { ...process.env, HOME: home }
    const words = [
      ...['run', '--json', '--time', time],
      ...['--profile', profile, '--out', join(home, `${part} ${profile}`)],
    ]
    const { stdout, stderr } =
      await $`${prefix} ${process.execPath} ${join(root, 'bin/ipc-oracle.js')} ${words}`
    const target = parse(stdout)?.targets[0]
    if (signal.aborted) return interrupted
    if (target === undefined) return { ...nothing, errors: [stderr.trim().split('\n').at(-1) ?? ''] }
    for (const { scenario, rule } of target.deviations)
      process.stderr.write(`${part}: ${rule}\n${scenario}\n`)
    for (const { scenario, reason } of target.inconclusive)
      process.stderr.write(`${part}: ${reason}\n${scenario}\n`)
    return {
      ...nothing,
      detection: target.conditions.find((condition) => condition.startsWith('sleep is seen')) ?? '',
      scenarios: target.scenarios,
      steps: target.steps,
      deviations: target.deviations.length,
      inconclusive: target.inconclusive.length,
      errors: target.errors,
    }
  })
}

function parse(text: string): RunRecord | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function line({ part, profile, steps, deviations, inconclusive, errors, detection }: Part): string {
  return [
    part.padEnd(31),
    profile,
    `${steps.toLocaleString('en').padStart(11)} steps`,
    `${deviations} deviations`,
    `${inconclusive} inconclusive`,
    ...errors,
    detection,
  ].join('  ')
}
