import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { lexer, type Tokens } from 'marked'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { splitCommand } from '../harness/command-line.ts'
import { packageRoot } from '../harness/package-root.ts'
import { formats } from '../reports/formats.ts'
import { plain } from '../reports/style.ts'
import { reportCommand } from './report.ts'
import { runCommand } from './run.ts'

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8')

const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-ci-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string
      readonly run?: string
      readonly env?: Readonly<Record<string, string>>
    }[]
  }
}

const action: Action = parse(read('action.yml'))

/** Puts a program in the place of ipc-oracle which writes its arguments, one a line, and the Markdown report. */
const stub = `
const words = process.argv.slice(2)
const { writeFileSync } = require('node:fs')
const markdown = words.find((word) => word.startsWith('markdown='))
if (markdown !== undefined) writeFileSync(markdown.slice(9), '### a summary\\n')
process.stdout.write(words.join('\\n'))
process.exit(Number(process.env.STUB_STATUS ?? 0))
`

/** Runs a script of bash where `bin/ipc-oracle.js` is the stub. */
function runScript(script: string, env: Readonly<Record<string, string>>) {
  const place = mkdtempSync(join(folder, 'run-'))
  mkdirSync(join(place, 'oracle', 'bin'), { recursive: true })
  writeFileSync(join(place, 'oracle', 'bin', 'ipc-oracle.js'), stub)
  const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: place,
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  return { place, status: ran.status, words: ran.stdout.split('\n'), err: ran.stderr }
}

describe('action.yml', () => {
  const step = action.runs.steps.find(({ id }) => id === 'run')

  /** As the runner does it: the inputs as variables of the step. */
  const run = (inputs: Readonly<Record<string, string>>, status = 0) => {
    const values = Object.entries(step?.env ?? {}).map(([name, text]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1] ?? ''
      const known = action.inputs[input]
      if (known === undefined) throw new Error(`${name} is no input: ${text}`)
      return [name, inputs[input] ?? known.default]
    })
    const given = {
      ...Object.fromEntries(values),
      ...{ GITHUB_ACTION_PATH: 'oracle', GITHUB_STEP_SUMMARY: 'summary', GITHUB_OUTPUT: 'output' },
      STUB_STATUS: String(status),
    }
    return runScript(step?.run ?? '', given)
  }

  it('runs with its defaults, and writes report and summary', () => {
    const { place, status, words, err } = run({})
    expect({ status, err }).toEqual({ status: 0, err: '' })
    const at = 'ipc-oracle-report'
    expect(words).toEqual([
      ...['run', '--out', `${at}/run`, '--report', `junit=${at}/junit.xml`],
      ...['--report', `markdown=${at}/summary.md`],
    ])
    expect(readFileSync(join(place, 'summary'), 'utf8')).toBe('### a summary\n')
    expect(readFileSync(join(place, 'output'), 'utf8')).toBe('status=0\n')
  })

  it('hands over every input as one word, whatever stands in it', () => {
    const wrap = 'runsc --rootless do "$(touch owned)" `id` ; exit 0'
    const { words } = run({
      families: 'semaphores messages',
      wrap,
      shard: '2/3',
      seed: '7',
      arguments: '--verbose --json',
    })
    expect(words.slice(0, 11)).toEqual([
      ...[
        'run',
        'semaphores',
        'messages',
        '--wrap',
        wrap,
        '--seed',
        '7',
        '--shard',
        '2/3',
        '--verbose',
        '--json',
      ],
    ])
  })

  it('ends with the status of the run, and says it', () => {
    const { place, status } = run({}, 3)
    expect(status).toBe(3)
    expect(readFileSync(join(place, 'output'), 'utf8')).toBe('status=3\n')
  })

  it('has options of `run` for inputs', () => {
    const options = ioCommand(runCommand).options.map(({ long }) => long)
    const others = ['families', 'arguments', 'folder', 'node-version']
    const own = Object.keys(action.inputs).filter((input) => !others.includes(input))
    expect(options).toEqual(expect.arrayContaining(own.map((input) => `--${input}`)))
  })
})

describe('.ci/gitlab.yml', () => {
  const script: readonly string[] = parse(read('.ci/gitlab.yml'))['.ipc-oracle'].script
  const run = (env: Readonly<Record<string, string>>) =>
    runScript(['mkdir -p ipc-oracle-report', script.at(-1)].join('\n'), {
      ...{ IPC_ORACLE: 'oracle', IPC_ORACLE_RUN: '--time 60s' },
      ...env,
    })

  it('runs the whole', () => {
    expect(run({}).words.slice(0, 5)).toEqual(['run', '--time', '60s', '--out', 'ipc-oracle-report/run-1'])
  })

  it('runs a part in each of parallel jobs, all from one seed', () => {
    const { words } = run({ CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3', CI_PIPELINE_IID: '4711' })
    expect(words.slice(3, 9)).toEqual([
      ...['--seed', '4711', '--shard', '2/3', '--out', 'ipc-oracle-report/run-2'],
    ])
  })
})

describe('docs/ci.md', () => {
  const text = read('docs/ci.md')
  const blocks = lexer(text).filter((token): token is Tokens.Code => token.type === 'code')
  const inLanguage = (language: string) =>
    blocks.filter(({ lang }) => lang === language).map((block) => block.text)

  it('names every format', () => {
    for (const { name } of formats) expect(text).toContain(`| \`${name}\` |`)
  })

  it('shows commands that exist', () => {
    const commands = inLanguage('sh').flatMap((block) =>
      block.split('\n').filter((line) => line.startsWith('ipc-oracle ')),
    )
    expect(commands.length).toBeGreaterThan(6)
    for (const command of commands) {
      const [, name, ...words] = splitCommand(command.replace(/ \|$/, ''))
      const known = { run: runCommand, report: reportCommand }[name ?? '']
      if (known === undefined) throw new Error(`no such command: ${command}`)
      expect(() => ioCommand(known).parse(words, { from: 'user' }), command).not.toThrow()
    }
  })

  it('shows jobs that are YAML, with inputs that the action has, and scripts that are shell', () => {
    const jobs = inLanguage('yaml').map((block) => parse(block))
    expect(jobs.length).toBeGreaterThan(3)
    const steps = jobs.flatMap(({ jobs: named = {} }) =>
      Object.values<{ steps: readonly { uses?: string; run?: string; with?: object }[] }>(named).flatMap(
        (job) => job.steps,
      ),
    )
    const inputs = steps
      .filter(({ uses }) => uses === './ipc-oracle')
      .flatMap((step) => Object.keys(step.with ?? {}))
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(inputs))
    for (const { run } of steps) if (run !== undefined) execFileSync('bash', ['-n', '-c', run])
  })
})

/** The command without its action: parsing says whether the words are right. */
function ioCommand(subcommand: typeof runCommand): Command {
  const silent = {
    out: () => {},
    err: () => {},
    input: async function* () {},
    self: '',
    style: plain,
    errColumns: 0,
    stop: new AbortController().signal,
  }
  const command = subcommand(silent, () => {})
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action(() => {})
}
