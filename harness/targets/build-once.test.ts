import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { buildOnce } from './build-once.ts'
import { newFolder } from './work-folder.ts'

let cache = ''
let built = 0

const build = async (folder: string) => {
  built++
  await writeFile(join(folder, 'probe'), '#!/bin/sh\n')
}

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'ipc-oracle-test-'))
  built = 0
  vi.stubEnv('TMPDIR', cache)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(cache, { recursive: true, force: true })
})

describe('buildOnce', () => {
  const probeOf = (key = 'k') => buildOnce(key, { XDG_CACHE_HOME: cache }, build)

  it('builds once for a key and keeps nothing else', async () => {
    const probe = await probeOf()
    expect(await probeOf()).toBe(probe)
    expect(built).toBe(1)
    expect((await stat(probe)).mode & 0o777).toBe(0o755)
    expect(await probeOf('other')).not.toBe(probe)
    expect(await readdir(join(cache, 'ipc-oracle'))).toEqual(['probe-k', 'probe-other'])
  })

  it('gives one whole probe to many at once', async () => {
    const probes = await Promise.all(Array.from({ length: 20 }, () => probeOf()))
    expect(new Set(probes).size).toBe(1)
    expect(await readFile(probes[0] ?? '', 'utf8')).toBe('#!/bin/sh\n')
    expect(await readdir(join(cache, 'ipc-oracle'))).toEqual(['probe-k'])
  })

  it('is not disturbed by others that come and go', async () => {
    const folder = join(cache, 'ipc-oracle')
    await mkdir(folder, { mode: 0o700 })
    let isOver = false
    const others = async () => {
      while (!isOver) await rm(await mkdtemp(join(folder, 'build-')), { recursive: true })
    }
    const coming = Promise.all([others(), others(), others(), others()])
    for (let at = 0; at < 50; at++) expect(await newFolder(folder)).toContain(folder)
    isOver = true
    await coming
  })

  it.each([
    ['changed', (probe: string) => writeFile(probe, '')],
    ['lost', (probe: string) => rm(probe)],
    ['no longer executable', (probe: string) => chmod(probe, 0o600)],
    ['without its seal', (probe: string) => rm(`${probe}.sha256`)],
  ])('builds anew what was %s', async (_, spoil) => {
    const probe = await probeOf()
    await spoil(probe)
    expect(await probeOf()).toBe(probe)
    expect(built).toBe(2)
    expect(await readFile(probe, 'utf8')).toBe('#!/bin/sh\n')
  })

  it('leaves nothing behind when the build fails', async () => {
    const failing = () => Promise.reject(new Error('no compiler'))
    await expect(buildOnce('k', { XDG_CACHE_HOME: cache }, failing)).rejects.toThrow('no compiler')
    expect(await readdir(join(cache, 'ipc-oracle'))).toEqual([])
  })

  it('removes what a killed run left', async () => {
    const left = join(cache, 'ipc-oracle', 'build-xyz')
    await mkdir(left, { recursive: true })
    await utimes(left, 0, 0)
    await probeOf()
    expect(await readdir(join(cache, 'ipc-oracle'))).toEqual(['probe-k'])
  })

  it('falls back to the home folder, then to the temporary folder', async () => {
    const nowhere = '/proc/nowhere'
    expect(await buildOnce('k', { XDG_CACHE_HOME: nowhere, HOME: cache }, build)).toBe(
      join(cache, '.cache/ipc-oracle/probe-k/probe'),
    )
    const last = await buildOnce('test', { XDG_CACHE_HOME: nowhere, HOME: nowhere }, build)
    expect(last).toMatch(new RegExp(`^${cache}/ipc-oracle-[0-9]+/probe-test/probe$`))
  })

  it('trusts no folder that others may write to', async () => {
    await mkdir(join(cache, 'ipc-oracle'))
    await chmod(join(cache, 'ipc-oracle'), 0o777)
    const probe = await buildOnce('k', { XDG_CACHE_HOME: cache, HOME: cache }, build)
    expect(probe).toBe(join(cache, '.cache/ipc-oracle/probe-k/probe'))
  })
})
