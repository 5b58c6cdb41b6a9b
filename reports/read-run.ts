import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReportedRun } from './reported-run.ts'

/** There is no readable run where one was named; the message says what is wrong. */
export class RunError extends Error {
  override name = 'RunError'
}

/** Reads a run back: `path` is its folder or its `run.json`. Throws `RunError`. */
export async function readRun(path: string): Promise<ReportedRun> {
  const file = (await isFolder(path)) ? join(path, 'run.json') : path
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RunError(
      error.code === 'ENOENT'
        ? `There is no run in ${path}: ${file} does not exist. A run leaves it there with --out DIR.`
        : `${file} cannot be read: ${error.message}.`,
    )
  })
  const run = parse(text, file)
  for (const [field, isProper] of Object.entries(fields))
    if (!isProper(run[field]))
      throw new RunError(`${file} is no record of a run: field \`${field}\` is missing or wrong.`)
  return run as unknown as ReportedRun
}

const isFolder = async (path: string) => (await stat(path).catch(() => null))?.isDirectory() === true

function parse(text: string, file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    throw new RunError(`${file} is not JSON; the run that wrote it may have been cut off.`)
  }
  throw new RunError(`${file} is no record of a run: it holds no object.`)
}

const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  verdict: (value) => value === 'conforms' || value === 'deviates' || value === 'inconclusive',
  seed: Number.isSafeInteger,
  profile: (value) => value === 'linux' || value === 'posix',
  families: isTexts,
  started: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  command: (value) => typeof value === 'string',
  targets: (value) => Array.isArray(value) && value.every(isTarget),
  shard: (value) => value === undefined || isShard(value),
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

function isShard(value: unknown): boolean {
  const { number, of } = (value ?? {}) as Record<string, unknown>
  return (
    Number.isSafeInteger(number) &&
    Number.isSafeInteger(of) &&
    Number(number) >= 1 &&
    Number(number) <= Number(of)
  )
}

function isRules(value: unknown): boolean {
  const { counts, untested } = (value ?? {}) as Record<string, unknown>
  return typeof counts === 'object' && counts !== null && isTexts(untested)
}

function isTarget(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const target = value as Record<string, unknown>
  return (
    typeof target.name === 'string' &&
    ['conditions', 'deviations', 'inconclusive', 'errors'].every((field) => Array.isArray(target[field])) &&
    ['scenarios', 'steps', 'seconds'].every((field) => typeof target[field] === 'number') &&
    isRules(target.rules)
  )
}
