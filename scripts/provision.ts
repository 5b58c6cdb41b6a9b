/**
 * `npm run provision TARGET…`: installs the Debian packages that targets need (`all`: those of every target), and
 * fetches the kernels that are booted. What is there already is left alone; `--dry-run` prints what would be done.
 */
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { $ } from 'zx'
import { aptCommand } from '../harness/targets/debian.ts'
import { type DebianKernel, debianKernels } from '../harness/targets/guest/debian-kernels.ts'
import { keptKernel } from '../harness/targets/guest/kernel-folder.ts'
import { sshPackages } from '../harness/targets/ssh/ssh-target.ts'
import type { Target } from '../harness/targets/target.ts'
import { targets } from '../harness/targets/targets.ts'
import { fetchKernel, newestPackage } from './provision/fetch-kernel.ts'

const MULTILIB = 'gcc-multilib'
const isCrossCompiler = (name: string) => /^gcc-.+-linux-gnu/.test(name)

/** dpkg's own notation. */
const STATUS = '$' + '{Status}'

/** A server for its tests is part of what `ssh` stands for. */
const ssh = { name: 'ssh', packages: [...sshPackages, 'openssh-server'] }

const provided: readonly Pick<Target, 'name' | 'packages'>[] = [...targets, ssh]

const names = provided.map(({ name }) => name)

await new Command('provision')
  .description('Install the Debian packages that targets need.')
  .argument('<target...>', `all, or some of ${names.join(', ')}`)
  .option('--dry-run', 'only print the command')
  .addHelpText('after', '\nExample: npm run provision musl gvisor qemu-user-s390x')
  .action(async (words: readonly string[], { dryRun }: { readonly dryRun?: true }) => {
    const targets = chosen(words)
    const names = targets.map(({ name }) => name)
    const wanted = [...new Set(targets.flatMap(({ packages }) => packages))]
    const lacking: string[] = []
    for (const name of wanted) if (!(await isInstalled(name))) lacking.push(name)
    if (lacking.length === 0) console.log('Everything is installed.')
    else if (dryRun) console.log(aptCommand(lacking))
    else await install(lacking)
    for (const kernel of debianKernels)
      if (names.includes(kernel.name)) await provideKernel(kernel, dryRun === true)
  })
  .parseAsync()

async function provideKernel(kernel: DebianKernel, dryRun: boolean): Promise<void> {
  if ((await keptKernel(kernel.name)) !== null) console.log(`The kernel of ${kernel.name} is there.`)
  else if (dryRun) console.log(`apt-get download ${await newestPackage(kernel)}`)
  else console.log(`The kernel of ${kernel.name} is ${await fetchKernel(kernel)}.`)
}

function chosen(words: readonly string[]): typeof provided {
  const unknown = words.find((word) => word !== 'all' && !names.includes(word))
  if (unknown !== undefined) {
    console.error(`provision: there is no target \`${unknown}\`: choose from all, ${names.join(', ')}.`)
    process.exit(2)
  }
  return words.includes('all') ? targets : provided.filter(({ name }) => words.includes(name))
}

async function isInstalled(name: string): Promise<boolean> {
  const { stdout } = await $({ nothrow: true, quiet: true })`dpkg-query -W -f ${STATUS} ${name}`
  return stdout.endsWith('ok installed')
}

/** As root, or by sudo; nothing is asked. */
async function install(packages: readonly string[]): Promise<void> {
  const root = process.geteuid?.() === 0 ? [] : ['sudo']
  const apt = $({
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  await apt`${root} apt-get update -q`
  if (packages.some(isCrossCompiler) && (await isInstalled(MULTILIB))) {
    console.error(`provision: ${MULTILIB} is removed, for Debian's cross compilers conflict with it.`)
    await apt`${root} apt-get remove -y -q ${MULTILIB}`
  }
  const options = ['-y', '-q', '--no-install-recommends', '--no-remove']
  await withoutServices(root, packages, () => apt`${root} apt-get install ${options} ${packages}`)
}

/** What Debian asks before it starts the service of a package. */
const POLICY = '/usr/sbin/policy-rc.d'

/** A server is installed for tests that start it themselves; Debian would start it as a service. */
async function withoutServices(
  root: readonly string[],
  packages: readonly string[],
  work: () => Promise<unknown>,
) {
  if (!packages.some((name) => name.endsWith('-server')) || existsSync(POLICY)) {
    await work()
    return
  }
  const quiet = $({ quiet: true, input: '#!/bin/sh\nexit 101\n' })
  await quiet`${root} tee ${POLICY}`
  try {
    await quiet`${root} chmod 755 ${POLICY}`
    await work()
  } finally {
    await quiet`${root} rm ${POLICY}`
  }
  console.log(`${packages.filter((name) => name.endsWith('-server')).join(', ')} was not started.`)
}
