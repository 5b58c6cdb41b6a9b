import { describe, expect, it } from 'vitest'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { foundBreaking } from '../oracle/found-breaking.ts'
import { aRun, aTarget } from './a-run.testing.ts'
import { formats } from './formats.ts'
import { matrixOf } from './matrix.ts'
import { plain } from './style.ts'
import { verdictOf } from './verdict.ts'

const { scenario } = parseScenario('A: M = shmget(private, 4611686018427387904)')
const found = foundBreaking(scenario, 'The probe exited.', 'linux')
const skipped = aTarget({
  ...{ name: 'dietlibc', kernel: 'unknown', scenarios: 0, skipped: 'There is no `diet` here.' },
  rules: { exercised: 0, met: 0, total: 0, untested: [], counts: {} },
})
const run = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [found] }), skipped] })

const rendered = (name: string) => {
  const format = formats.find((each) => each.name === name)
  if (format === undefined) throw new Error(`no format ${name}`)
  return format.render(run, { ...plain, verbose: false })
}

describe.each(['console', 'json', 'junit', 'ktap', 'markdown', 'kcidb'])('the report %s', (name) => {
  it('names the call that brings the target down, and its scenario', () => {
    expect(rendered(name)).toContain('shmget.breaks-target')
    expect(rendered(name)).toContain('shmget(private, 4611686018427387904)')
    expect(rendered(name)).toContain('The probe exited.')
  })

  it('says why a target was skipped', () =>
    expect(rendered(name).replaceAll('\\', '')).toContain('There is no `diet` here.'))
})

describe('a skipped target', () => {
  it('is no failure', () => {
    expect(rendered('junit')).toMatch(/<skipped type="not-tested" message="There is no `diet` here.">?/)
    expect(rendered('ktap')).toContain('ok 1 the target runs # SKIP There is no `diet` here.\n')
    expect(rendered('ktap')).toContain('\nok 2 dietlibc # SKIP')
    expect(rendered('kcidb')).toMatch(/"status": "SKIP"/)
    expect(verdictOf({ ...run, targets: [aTarget(), skipped] })).toBe('conforms')
  })

  it('is not enough for a run', () => {
    const idle = aRun({ verdict: verdictOf({ ...run, targets: [skipped] }), targets: [skipped] })
    expect(idle.verdict).toBe('inconclusive')
    const ktap = formats.find(({ name }) => name === 'ktap')?.render(idle, { ...plain, verbose: false })
    expect(ktap).toContain('not ok 1 the run is complete # ERROR No target can run here.')
  })
})

describe('a target that is brought down', () => {
  it('deviates in the family of the call', () => {
    const [row] = matrixOf(run)
    const shared = row?.cells.find(({ family }) => family === 'shared-memory')
    expect(shared?.deviating ?? 1).toBe(1)
    expect(rendered('junit')).toMatch(/name="host\.shared-memory"[\s\S]*name="shmget\.breaks-target"/)
  })
})
