import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEncoder } from '../harness/protocol/encode.ts'
import { compileProbe } from '../harness/targets/compile.ts'
import type { Scenario } from '../model/vocabulary/scenario.ts'

/**
 * Seconds that the probe alone needs for the scenarios: it reads them from a file and its replies go nowhere. The
 * time to start it is measured with one scenario and taken off.
 */
export async function bareSeconds(
  scenarios: readonly Scenario[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const probe = await compileProbe(undefined)
  const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-bench-'))
  try {
    const all = join(folder, 'all')
    const one = join(folder, 'one')
    writeFileSync(all, frames(scenarios))
    writeFileSync(one, frames(scenarios.slice(0, 1)))
    const start = await timed(probe, one, environment)
    return (await timed(probe, all, environment)) - start
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function frames(scenarios: readonly Scenario[]): Buffer {
  const encoder = createEncoder()
  for (const [number, scenario] of scenarios.entries()) encoder.add(scenario, number)
  return encoder.take()
}

function timed(probe: string, input: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(probe, { stdio: [openSync(input, 'r'), 'ignore', 'inherit'], env: environment })
    child.once('error', reject)
    child.once('exit', (status) =>
      status === 0
        ? resolve((performance.now() - began) / 1000)
        : reject(new Error(`the probe ended with status ${status}`)),
    )
  })
}
