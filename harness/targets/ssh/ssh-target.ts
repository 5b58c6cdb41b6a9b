import { readFile } from 'node:fs/promises'
import { splitCommand } from '../../command-line.ts'
import { NotInstalled } from '../../problems.ts'
import { startChild } from '../../transports/child.ts'
import { startProbe } from '../../transports/probe-process.ts'
import { chooseCompiler } from '../choose-compiler.ts'
import { compileProbe } from '../compile.ts'
import { aptCommand } from '../debian.ts'
import { headerOf } from '../header.ts'
import { triedObstacle } from '../obstacle.ts'
import { onPath } from '../on-path.ts'
import type { StartOptions, Target } from '../target.ts'
import { KILOBYTES_MAX, runBounded, type TriedProgram, tryBuilt } from '../try-program.ts'
import { remoteStart, remoteTrial } from './remote-start.ts'
import { inTurn } from './turn.ts'

/** What the name of such a target begins with; a destination of ssh follows. */
export const SSH = 'ssh:'

/** Debian packages. */
export const sshPackages = ['openssh-client', 'gcc', 'libc6-dev']

/** A static probe needs no C library over there. */
const compilers = ['cc -static', 'cc']

/** Seconds without any reply after which a probe counts as hung. */
const REPLY_WITHIN = 30
/** Seconds that a probe may take to end by itself when it is closed. */
const END_WITHIN = 5
/** A server refuses more sessions than it was set to. */
const PROBES = 8

/** What the user may have set stands before it, and ssh takes the first. */
const options = [
  ...['BatchMode=yes', 'ConnectTimeout=10', 'ServerAliveInterval=5', 'ServerAliveCountMax=3'],
  ...['ControlMaster=no', 'ForwardX11=no', 'ForwardAgent=no', 'RequestTTY=no'],
].flatMap((option) => ['-o', option])

/** The machine behind `ssh:HOST`: a destination that ssh understands, such as `root@board`. */
export function sshTarget(name: string): Target {
  const host = name.slice(SSH.length)
  const target: Target = {
    name,
    summary: `the kernel of ${host}, with a probe that is copied and run over ssh`,
    packages: sshPackages,
    probesMax: PROBES,
    layer: {
      is: 'kernel',
      called: `the kernel of ${host}`,
      without: { target: 'host', cc: 'cc -static' },
    },
    understands: ['cc', 'entry', 'replyWithin', 'spread'],
    obstacle: (options) => triedObstacle(target, options),
    async start({ cc, entry, replyWithin = REPLY_WITHIN, spread }: StartOptions) {
      const ssh = await sshCommand(name)
      const probe = await readFile(await compileProbe(cc ?? (await chooseCompiler(compilers))))
      const script = remoteStart(probe.length, {
        ...(entry === 'syscall' ? { IPC_ORACLE_ENTRY: entry } : {}),
        ...(spread ? { IPC_ORACLE_CPU: 'all' } : {}),
      })
      // One handshake at a time: a server drops connections at random when many come at once.
      const connection = await inTurn(host, () =>
        startProbe({
          ...{ target: name, command: [...ssh, host], replyWithin, endWithin: END_WITHIN },
          advice: `\`${[...ssh, host].join(' ')} true\` must work without a question; port, user and key are set in ssh's configuration or by IPC_ORACLE_SSH="ssh -p 2222 …".`,
          open(receive) {
            const child = startChild([...ssh, ...options, '--', host, script], {}, receive)
            child.write(probe)
            return child
          },
        }),
      )
      return { ...connection, header: headerOf(name, connection.hello) }
    },
    async try(source, { cc }) {
      const ssh = await sshCommand(name)
      return tryBuilt(source, cc ?? (await chooseCompiler(compilers)), async (program) => {
        const bytes = await readFile(program)
        const script = remoteTrial(bytes.length, KILOBYTES_MAX)
        return endedThere(
          await inTurn(host, () => runBounded([...ssh, ...options, '--', host, script], {}, bytes)),
        )
      })
    },
  }
  return target
}

/** Whether the program ended there, and not the connection. */
const endedThere = ({ status, output }: TriedProgram): TriedProgram => ({
  output,
  status: status === STATUS_OF_SSH ? null : status,
})

/** Where the connection fails. */
const STATUS_OF_SSH = 255

/** What is run in place of `ssh`. */
async function sshCommand(name: string): Promise<readonly string[]> {
  const words = splitCommand(process.env.IPC_ORACLE_SSH ?? '')
  const [file = 'ssh', ...more] = words
  if ((await onPath(file)) !== undefined) return [file, ...more]
  throw new NotInstalled(
    `Target ${name} cannot run here: \`${file}\` is not on PATH. Install it: \`${aptCommand(['openssh-client'])}\` or \`npm run provision ssh\`.`,
    aptCommand(sshPackages),
  )
}
