import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { usualFacts } from '../../model/initial.ts'
import { linux } from '../../model/profile.ts'
import { createMemory, judgeHistory, type Memory } from '../../oracle/histories/judge-history.ts'
import type { TraceHeader } from '../../oracle/trace/trace.ts'
import { generateHistory } from './generate.ts'
import { worldWith } from './objects.ts'
import { type Case, casesOf } from './shared-format.ts'

const header: TraceHeader = {
  ...{ target: 'bench', kernel: '6.18.0', libc: '', arch: '', mode: 'stepped' },
  identity: { uid: usualFacts.uid, gid: usualFacts.gid, mapsOthers: true },
  limits: { ...usualFacts.limits, semvmx: usualFacts.semvmx },
  ...{ pageSize: 4096, shmlba: 4096, arena: 0x2000_0000_0000, keyBase: 1000, initPid: 1 },
}

/**
 * `node dist/bench/histories/main.js [FOLDER [COMMAND…]]`: how fast histories are judged, generated ones or those of the JSON files in
 * a folder; with `verdicts-*.json` beside them, whether the verdicts agree (status 1: they do not). A command is run with each file before
 * and behind the measurement, prints the microseconds of the median history, and the smaller time is what ours is divided by.
 * Each kind is judged ten times before it is measured, always with nothing remembered, until the compiler of JavaScript has done its work.
 */
const [folder, ...command] = process.argv.slice(2)
const verdicts = folder === undefined ? {} : readVerdicts(folder)
let wrong = 0
const WARM = 10

console.log(
  'histories                      judged/s    calls/s  us each (median)  effects tried  inconclusive  disagree  times as long',
)
if (folder === undefined)
  for (const about of ['semaphore', 'queue', 'objects'] as const)
    for (const actors of [2, 3, 4])
      for (const calls of [20, 100, 1000])
        for (const corrupted of [false, true]) {
          const kind = { about, actors, calls, corrupted }
          const count = calls === 20 ? 1000 : calls === 100 ? 300 : 30
          const cases = Array.from({ length: count }, (_, seed) => generateHistory(kind, seed + 1))
          measure(`${about}-c${actors}-n${calls}-${corrupted ? 'corrupt' : 'valid'}`, cases)
        }
else
  for (const file of readdirSync(folder).sort())
    if (/^(sem|mq)-.*\.json$/.test(file)) {
      const name = file.slice(0, -'.json'.length)
      const path = join(folder, file)
      const cases = casesOf(JSON.parse(readFileSync(path, 'utf8')))
      measure(name, cases, verdicts[name], command.length === 0 ? undefined : () => timeOf(command, path))
    }
process.exitCode = wrong === 0 ? 0 : 1

function measure(
  name: string,
  cases: readonly Case[],
  expected?: readonly string[],
  other?: () => number,
): void {
  const before = other?.()
  const worlds = [0, 1, 2].map(worldWith)
  const judge = ({ value, history }: Case, memory: Memory) =>
    judgeHistory(history, {
      ...{ header, profile: linux, seconds: [0, 0], memory, budget: 3e6 },
      start: worlds[value] ?? worldWith(value),
    })
  for (let time = 0; time < WARM; time++) {
    const warm = createMemory()
    for (const each of cases) judge(each, warm)
  }
  const memory = createMemory()
  const times: number[] = []
  let [tried, inconclusive, disagree, calls] = [0, 0, 0, 0]
  for (const [at, each] of cases.entries()) {
    const began = performance.now()
    const judged = judge(each, memory)
    times.push(performance.now() - began)
    calls += each.history.calls.length
    tried += judged.tried
    if (judged.verdict === 'inconclusive') inconclusive++
    else if (expected !== undefined && (judged.verdict === 'conforms') !== (expected[at] === 'Ok')) disagree++
  }
  wrong += disagree
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000
  const median = times.sort((a, b) => a - b)[times.length >> 1] ?? 0
  const cells = [
    Math.round(cases.length / seconds)
      .toLocaleString('en')
      .padStart(10),
    Math.round(calls / seconds)
      .toLocaleString('en')
      .padStart(10),
    (median * 1000).toFixed(0).padStart(17),
    Math.round(tried / cases.length)
      .toString()
      .padStart(14),
    String(inconclusive).padStart(13),
    (expected === undefined ? '-' : String(disagree)).padStart(9),
    timesAsLong(median * 1000, before, other?.()).padStart(14),
  ]
  console.log(`${name.padEnd(28)} ${cells.join(' ')}`)
}

function timesAsLong(time: number, before: number | undefined, behind: number | undefined): string {
  return before === undefined || behind === undefined ? '-' : (time / Math.min(before, behind)).toFixed(2)
}

/** The microseconds that a command says. */
function timeOf([program = '', ...args]: readonly string[], file: string): number {
  const { stdout } = execaSync(program, [...args, file])
  const time = Number(stdout)
  if (!(time > 0)) throw new Error(`${program} ${file} printed no time: ${JSON.stringify(stdout)}`)
  return time
}

function readVerdicts(from: string): Readonly<Record<string, readonly string[]>> {
  const files = readdirSync(from).filter((file) => /^verdicts-.*\.json$/.test(file))
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(join(from, file), 'utf8'))))
}
