import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { $, glob } from 'zx'
import { type DebianKernel, lineModules } from '../../harness/targets/guest/debian-kernels.ts'
import { folderForKernel } from '../../harness/targets/guest/kernel-folder.ts'
import { compareVersions } from '../../oracle/expectations/versions.ts'

/** The newest package of a kernel that Debian has now. */
export async function newestPackage({ name, package: pattern }: DebianKernel): Promise<string> {
  const { stdout } = await $({ quiet: true })`apt-cache pkgnames linux-image-`
  const found = stdout.split('\n').filter((word) => pattern.test(word))
  const newest = found.sort(compareVersions).at(-1)
  if (newest === undefined)
    throw new Error(
      `Debian has no kernel for target ${name} here; its suites and security updates must be in apt's sources.`,
    )
  return newest
}

/** Fetches the kernel and what its lines need into the user's cache; nothing is installed. */
export async function fetchKernel(kernel: DebianKernel): Promise<string> {
  const name = await newestPackage(kernel)
  const folder = await folderForKernel(kernel.name)
  const work = await mkdtemp(join(tmpdir(), 'ipc-oracle-kernel-'))
  try {
    const inWork = $({ cwd: work, quiet: true })
    await inWork`apt-get download -q ${name}`
    const [archive = ''] = await glob('*.deb', { cwd: work })
    await inWork`dpkg-deb -x ${archive} content`
    const [image = ''] = await glob('content/boot/vmlinuz-*', { cwd: work, absolute: true })
    const ready = join(work, 'ready')
    await mkdir(join(ready, 'modules'), { recursive: true })
    await copyFile(image, join(ready, 'image'))
    await writeFile(join(ready, 'package'), `${name}\n`)
    for (const [at, module] of lineModules.entries()) await copyModule(work, module, at, ready)
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, '..'), { recursive: true })
    await $`cp -r ${ready} ${folder}.new`
    await rename(`${folder}.new`, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return name
}

/** A module that the kernel has built in has no file. */
async function copyModule(work: string, module: string, at: number, ready: string): Promise<void> {
  const [file] = await glob(`content/lib/modules/**/${module}.ko{,.xz}`, { cwd: work, absolute: true })
  if (file === undefined) return
  const to = join(ready, 'modules', `${at}-${module}.ko`)
  if (file.endsWith('.xz')) {
    await $({ quiet: true })`xz -dk ${file}`
    await writeFile(to, await readFile(file.slice(0, -'.xz'.length)))
  } else await copyFile(file, to)
}
