import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'

/** The path of a command as a shell would find it; undefined if there is none that may be executed. */
export async function onPath(command: string, path = process.env.PATH ?? ''): Promise<string | undefined> {
  const candidates = command.includes('/')
    ? [resolve(command)]
    : path.split(delimiter).map((folder) => join(folder || '.', command))
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate
  return undefined
}

const isExecutable = (file: string) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
