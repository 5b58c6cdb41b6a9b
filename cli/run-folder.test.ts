import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Recording, TraceHeader } from '../oracle/trace/trace.ts'
import { aDeviation, aRun, aTarget } from '../reports/a-run.testing.ts'
import { openRunFolder } from './run-folder.ts'

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ipc-oracle-folder-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const open = (out: string) => openRunFolder(out, new Date(0), 7)
const recording: Recording = { scenario: { title: '', steps: [] }, started: 0, steps: [], problem: '' }
const header = { limits: {} } as TraceHeader

/** A run with one finding, which is stored there. */
const foundIn = (file: string) => aRun({ targets: [aTarget({ deviations: [{ ...aDeviation, file }] })] })

describe('a run folder', () => {
  it('holds the record, the environment, and a folder for each finding', async () => {
    const out = join(home, 'a', 'run')
    const folder = await open(out)
    const first = await folder.save('semop.sempid', 'A: wait()\n', recording, header)
    expect(first).toBe('findings/semop.sempid/finding.scenario')
    expect(await folder.save('semop.sempid', 'B: wait()\n', recording, header)).toBe(
      'findings/semop.sempid-2/finding.scenario',
    )
    expect(await folder.add(first, 'reproducer.c', 'int main;\n')).toBe('findings/semop.sempid/reproducer.c')
    const run = foundIn(first)
    await folder.finish(run, { limit: 2n ** 64n })
    expect(folder.problems()).toEqual([])
    // The second finding was told together with the first one.
    expect(readdirSync(out, { recursive: true }).sort()).toEqual([
      'environment.json',
      'findings',
      'findings/semop.sempid',
      'findings/semop.sempid/environment.json',
      'findings/semop.sempid/finding.scenario',
      'findings/semop.sempid/picture.svg',
      'findings/semop.sempid/reproducer.c',
      'findings/semop.sempid/trace.ndjson',
      'findings/semop.sempid/verdict.json',
      'run.json',
    ])
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))).toEqual(run)
    expect(readFileSync(join(out, first), 'utf8')).toBe('# semop.sempid deviates (seed 7)\nA: wait()\n')
    expect(JSON.parse(readFileSync(join(out, 'findings/semop.sempid/verdict.json'), 'utf8'))).toMatchObject({
      target: { name: run.targets[0]?.name },
      profile: run.profile,
      rule: run.targets[0]?.deviations[0]?.rule,
    })
    const picture = readFileSync(join(out, 'findings/semop.sempid/picture.svg'), 'utf8')
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>\n$/s)
    expect(picture).toContain('Step 3 deviates from semop.sempid: observed A returns 0; allowed A returns')
  })

  it('keeps the title of a scenario that has one', async () => {
    const folder = await open(home)
    const titled = { ...recording, scenario: { ...recording.scenario, title: 'An idea' } }
    const untold = await folder.save('a.rule', 'A: wait()\n', titled, header)
    const told = await folder.save('a.rule', '# An idea\nA: wait()\n', titled, header)
    for (const file of [untold, told])
      expect(readFileSync(join(home, file), 'utf8')).toBe('# An idea\nA: wait()\n')
  })

  it('keeps names within the folder', async () => {
    const folder = await open(join(home, 'run'))
    expect(await folder.save('../../x y', '', recording, header)).toBe('findings/..-..-x-y/finding.scenario')
  })

  it('is refused before anything runs if it cannot be made', async () => {
    writeFileSync(join(home, 'file'), '')
    await expect(open(join(home, 'file'))).rejects.toThrow('something else has this name')
    await expect(open(join(home, 'file', 'run'))).rejects.toThrow('a part of the path is no folder')
  })

  it('is refused if it holds a run already', async () => {
    await (await open(home)).finish(aRun(), {})
    await expect(open(home)).rejects.toThrow('holds a run already')
  })

  it('says what could not be written, and goes on', async () => {
    const folder = await open(home)
    writeFileSync(join(home, 'findings'), 'in the way')
    mkdirSync(join(home, 'environment.json'))
    expect(await folder.save('x', '', recording, header)).toBe('')
    await folder.finish(aRun(), {})
    expect(folder.problems()).toEqual([
      `${join(home, 'findings/x/finding.scenario')} could not be written: a part of the path is no folder.`,
      `${join(home, 'environment.json')} could not be written: it is a folder.`,
    ])
    expect(readFileSync(join(home, 'run.json'), 'utf8')).toContain('"verdict": "conforms"')
  })

  it('is not made where it was not asked for and nothing deviates', async () => {
    const folder = await openRunFolder(undefined, new Date(0), 7)
    await folder.finish(aRun(), {})
    expect(folder.path()).toBe('')
  })
})
