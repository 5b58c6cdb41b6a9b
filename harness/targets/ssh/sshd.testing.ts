import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { onPath } from '../on-path.ts'

/** A server of ssh on this machine, an ordinary process with keys and settings of its own. For tests. */
export interface Sshd {
  /** What IPC_ORACLE_SSH has to be, so that `HOST` is this machine. */
  readonly ssh: string
  /** Where it lets temporary files be. */
  readonly temporary: string
  /** Processes that were started through it, with their command lines. */
  sessions(): ReadonlyMap<number, string>
  stop(): Promise<void>
}

/** The name of this machine as the client knows it. */
export const HOST = 'loopback'

/** Starts the server, or says why that is not possible here. */
export async function startSshd(): Promise<Sshd | string> {
  const sshd = (await onPath('sshd')) ?? (await onPath('/usr/sbin/sshd'))
  const client = await onPath('ssh')
  if (sshd === undefined || client === undefined)
    return 'sshd or ssh is not installed: `npm run provision ssh`'
  const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-sshd-'))
  const at = (name: string) => join(folder, name)
  const temporary = at('temporary')
  mkdirSync(temporary)
  for (const key of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)])
  const port = await freePort()
  writeFileSync(at('known'), `[127.0.0.1]:${port} ${readFileSync(at('host.pub'), 'utf8')}`)
  writeFileSync(
    at('sshd_config'),
    lines(
      ...[`ListenAddress 127.0.0.1:${port}`, `HostKey ${at('host')}`, `AuthorizedKeysFile ${at('user.pub')}`],
      ...['PidFile none', 'StrictModes no', 'UsePAM no', 'PasswordAuthentication no'],
      ...['PermitRootLogin prohibit-password', `SetEnv TMPDIR=${temporary} IPC_ORACLE_PORT=${port}`],
    ),
  )
  writeFileSync(
    at('ssh_config'),
    lines(
      ...[`Host ${HOST}`, 'HostName 127.0.0.1', `Port ${port}`, `User ${userInfo().username}`],
      ...[`IdentityFile ${at('user')}`, 'IdentitiesOnly yes', `UserKnownHostsFile ${at('known')}`],
    ),
  )
  const server = start(sshd, at('sshd_config'))
  const stop = async () => {
    if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  const ssh = `ssh -F ${at('ssh_config')}`
  for (let tries = 0; server.exitCode === null && tries < TRIES_MAX; tries++) {
    if (answers(at('ssh_config'))) return { ssh, temporary, sessions: () => sessionsOf(port), stop }
    await pause(100)
  }
  await stop()
  return 'sshd does not start as an ordinary process here'
}

const TRIES_MAX = 50

const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join('')

/** As root it wants a folder in /run, which it gets in a mount namespace of its own. */
function start(sshd: string, config: string): ChildProcess {
  const words = [sshd, '-D', '-e', '-f', config]
  const inNamespace = 'mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec "$@"'
  const [file = '', ...rest] =
    process.geteuid?.() === 0
      ? ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', inNamespace, 'sh', ...words]
      : words
  const server = spawn(file, rest, { detached: true, stdio: 'ignore' })
  server.on('error', () => {})
  return server
}

function answers(config: string): boolean {
  try {
    execFileSync('ssh', ['-F', config, '-o', 'BatchMode=yes', HOST, 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Processes say in their environment through which server they came. */
function sessionsOf(port: number): ReadonlyMap<number, string> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const found = new Map<number, string>()
  for (const pid of pids)
    if (read(pid, 'environ').split('\0').includes(`IPC_ORACLE_PORT=${port}`))
      found.set(Number(pid), read(pid, 'cmdline').replaceAll('\0', ' ').trim())
  return found
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
