import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { litmusFolder } from '../../properties/litmus/library.ts'
import { recorded } from '../recorded-io.testing.ts'

const file = join(litmusFolder, 'messages', 'two-receivers-one-message.litmus')
const other = join(litmusFolder, 'semaphores', 'late-eagain.litmus')

describe('run FILE.litmus', () => {
  it('counts how it ends on the target, and says how often the condition was true', async () => {
    const { status, out } = await recorded('run', file, '--repeat', '30', '--seed', '7')
    expect(status).toBe(0)
    expect(out).toContain('Histogram (2 ends; 30 runs, every order of the calls)')
    expect(out).toMatch(/\n {2}15 {2}\*> A\.1=0; B\.1=8; C\.1=asleep;\n {9}by A\.1 B\.1 C\.1\n/)
    expect(out).toContain(
      '\nObservation two-receivers-one-message Always 30 0; profile linux allows: Always\n',
    )
  })

  it('tells who ended or was stopped where calls of processes overlap', async () => {
    const folder = join(litmusFolder, 'processes')
    const files = ['exit-versus-kill', 'early-continue'].map((name) => join(folder, `${name}.litmus`))
    const { status, out } = await recorded('run', ...files, '--mode', 'overlapping', '--repeat', '200')
    expect(status).toBe(0)
    expect(out).toMatch(/A\.1=E; B\.1=(0|ESRCH); E\.1=(ended|unmade); A\.1\.status=(9|768);/)
    expect(out).toMatch(/A\.1=0; B\.1=0; E=(idle|stopped);/)
    expect(out).toContain('Observation exit-versus-kill Always 200 0;')
  }, 30_000)

  it('runs several, and prints one JSON object', async () => {
    const { out } = await recorded('run', file, other, '--json', '--seed', '7', '--profile', 'posix')
    expect(JSON.parse(out)).toMatchObject({
      ...{ verdict: 'conforms', seed: 7, profile: 'posix' },
      tests: [
        {
          name: 'two-receivers-one-message',
          observation: 'Always',
          claim: 'Always',
          ends: [{ deviation: null }, {}],
        },
        { name: 'late-eagain', observation: 'Always', claim: 'Sometimes' },
      ],
    })
  })
})

describe('run', () => {
  it.each([
    [[file, 'semaphores'], 'name either families or .litmus files, not both: semaphores.'],
    [[file, '--time', '3s'], '--time is about generated scenarios; leave it out for litmus files.'],
    [[file, '--max-steps', '3'], '--max-steps is about generated scenarios; leave it out for litmus files.'],
    [['semaphores', '--repeat', '3'], '--repeat takes .litmus files or --mode overlapping; name some.'],
    [['nowhere.litmus'], 'nowhere.litmus cannot be read: no such file or folder.'],
  ])('refuses %j', async (words, problem) => {
    const { status, err } = await recorded('run', ...words)
    expect(status).toBe(2)
    expect(err).toContain(problem)
  })
})
