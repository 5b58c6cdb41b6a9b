import { Command } from 'commander'
import { HarnessError, NotInstalled } from '../harness/problems.ts'
import type { StartOptions, Target } from '../harness/targets/target.ts'
import { targetNamed, targets } from '../harness/targets/targets.ts'
import { paint, type Style } from '../reports/style.ts'
import { hanging } from '../reports/wrap.ts'
import { choose } from './choices.ts'
import { conditionsOf } from './conditions.ts'
import { exitStatus } from './exit-status.ts'
import type { Subcommand } from './subcommand.ts'

/** `targets`: which targets can run here, how, and what is missing for the others. */
export const targetsCommand: Subcommand = (io, done) =>
  new Command('targets')
    .description('Say which targets can run here, and what to install for those that cannot.')
    .argument('[name...]', `only these targets: ${targets.map(({ name }) => name).join(', ')}, ssh:HOST`)
    .option('--cc <command>', 'compiler and flags that build the probe (default: $CC or cc)')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExit status: 0 if every named target (without names: any target) can run, else 3.\n\nExample: ipc-oracle targets --cc musl-gcc',
    )
    .action(async (names: string[], { cc, json }: { readonly cc?: string; readonly json?: true }) => {
      const chosen =
        names.length === 0
          ? targets
          : names.map((name) => targetNamed(name) ?? choose('target', name, targets, 'targets'))
      const examined: Examined[] = []
      for (const target of chosen) examined.push(await examine(target, cc === undefined ? {} : { cc }))
      if (json === true) io.out(`${JSON.stringify({ targets: examined }, null, 2)}\n`)
      else io.out(examined.map((each) => examinedText(each, io.style)).join('\n'))
      const ready = examined.filter(({ obstacle }) => obstacle === null).length
      done(
        ready === examined.length || (names.length === 0 && ready > 0)
          ? exitStatus.conforms
          : exitStatus.inconclusive,
      )
    })

interface Examined {
  readonly name: string
  readonly summary: string
  /** Why it cannot run here, with what to do about it. */
  readonly obstacle: string | null
  /** The command that installs what it lacks; empty if it lacks nothing that can be installed. */
  readonly install: string
  /** The Debian packages that it needs. */
  readonly packages: readonly string[]
  readonly system: string
  readonly conditions: readonly string[]
}

async function examine(target: Target, options: StartOptions): Promise<Examined> {
  const { name, summary, packages } = target
  const known = { name, summary, packages, install: '' }
  try {
    const started = await target.start(options)
    await started.close()
    const { kernel, machine, libc } = started.hello
    const system = [kernel, machine, libc].join(', ')
    return { ...known, obstacle: null, system, conditions: conditionsOf(started.hello) }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    const install = error instanceof NotInstalled ? error.install : ''
    return { ...known, install, obstacle: error.message, system: '', conditions: [] }
  }
}

function examinedText(each: Examined, style: Style): string {
  const { bold, green, yellow } = paint(style)
  const line = (label: string, text: string) =>
    text === '' ? [] : hanging(`  ${label.padEnd(11)}`, text, style.columns)
  const { name, summary, obstacle, install, system, conditions } = each
  const lines =
    obstacle === null
      ? [
          `${bold(name)}: ${green('can run')}, ${summary}`,
          ...line('system', system),
          ...line('conditions', conditions.join('; ')),
        ]
      : [
          `${bold(name)}: ${yellow('cannot run')}, ${summary}`,
          ...line('because', obstacle),
          ...line('install', install),
        ]
  return `${lines.join('\n')}\n`
}
