import { loadavg } from 'node:os'
import { type Measured, measure } from './measure.ts'
import { scaling } from './scaling.ts'
import { sequence, shapes } from './shapes.ts'

/** `npm run bench [-- --json] [--rounds N]`: how far Node is behind the bare C loop, measured side by side. */
const wantsJson = process.argv.includes('--json')
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 9
const results: Measured[] = []
const load = loadavg()[0] ?? 0

for (const shape of shapes) results.push(await measure(shape, rounds))
const grown = await scaling(sequence)

if (wantsJson) console.log(JSON.stringify({ load, results, scaling: grown }, null, 2))
else {
  console.log(`load before: ${load.toFixed(2)}; median of ${rounds} rounds of 4,000 scenarios each\n`)
  for (const result of results) {
    console.log(`${result.shape}: ${result.what} [${result.detection}]`)
    console.log(`  probe < requests > /dev/null     ${line(result.bare)} scenarios/s`)
    console.log(
      `  generate, send, execute, judge   ${line(result.endToEnd)} scenarios/s = ${percent(result.ratio)}`,
    )
    console.log(`  the same in one thread           ${line(result.oneThread)} scenarios/s`)
    console.log(`  oracle alone                     ${line(result.oracleAlone)} steps/s`)
    if (result.notConforming > 0) console.log(`  ${result.notConforming} recordings do not conform!`)
    console.log()
  }
  console.log(`ten times the scenarios: ${percent(grown.tenTimesTheScenarios)} of the scenarios/s`)
  console.log(`eight times the steps: ${percent(grown.eightTimesTheSteps)} of the steps/s`)
  console.log(`memory before and after ten times the scenarios: ${grown.memory.join(', ')} MB`)
  console.log(`start to the verdict on one scenario, probe cached: ${grown.start.toFixed(2)} s`)
}
process.exitCode = results.some(({ notConforming }) => notConforming > 0) ? 1 : 0

function line(number: number): string {
  return number.toLocaleString('en').padStart(10)
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(0)} %`
}
