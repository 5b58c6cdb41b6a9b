import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Scenario } from '../../../model/vocabulary/scenario.ts'
import { TargetProblem } from '../../problems.ts'
import { compileProbe } from '../compile.ts'
import { targetNamed } from '../targets.ts'
import { remoteStart } from './remote-start.ts'
import { HOST, type Sshd, startSshd } from './sshd.testing.ts'

const name = `ssh:${HOST}`
const before = process.env.IPC_ORACLE_SSH

let tried: Sshd | string = 'it was not tried'
beforeAll(async () => {
  tried = await startSshd()
  if (typeof tried !== 'string') process.env.IPC_ORACLE_SSH = tried.ssh
})
afterAll(async () => {
  if (typeof tried !== 'string') await tried.stop()
  if (before === undefined) delete process.env.IPC_ORACLE_SSH
  else process.env.IPC_ORACLE_SSH = before
})
beforeEach((context) => {
  if (typeof tried === 'string') context.skip(tried)
})

const theServer = (): Sshd => {
  if (typeof tried === 'string') throw new Error(tried)
  return tried
}

const theTarget = () => {
  const target = targetNamed(name)
  if (target === undefined) throw new Error(`there is no target ${name}`)
  return target
}

/** A sleeper, who stays asleep. */
const scenario: Scenario = {
  title: '',
  steps: [
    { actor: 'A', call: { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' } },
    { actor: 'B', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] } },
    { actor: 'A', call: { name: 'semctl.GETNCNT', set: 'S', semnum: 0 } },
  ],
}

/** Nothing of what was started over there is left, soon. */
async function expectNothingLeft(): Promise<void> {
  const { sessions, temporary } = theServer()
  for (let tries = 0; sessions().size > 0 && tries < 100; tries++) await pause(100)
  expect([...sessions()]).toEqual([])
  expect(readdirSync(temporary)).toEqual([])
}

/** Waits until a probe runs over there. */
async function untilProbeRuns(): Promise<void> {
  const { sessions } = theServer()
  const runs = () => [...sessions().values()].some((line) => line.startsWith('/proc/self/fd/'))
  for (let tries = 0; !runs() && tries < 200; tries++) await pause(50)
  expect(runs()).toBe(true)
}

describe('a target behind ssh', () => {
  it('records what happens there, and leaves nothing there', async () => {
    const started = await theTarget().start({ entry: 'syscall' })
    expect(started.header.target).toBe(name)
    expect(theServer().sessions().size).toBeGreaterThan(0)
    expect(readdirSync(theServer().temporary)).toEqual([])
    const [recording] = await started.run([scenario])
    expect(recording?.problem).toBe('')
    expect(recording?.steps.map(({ events }) => events.length)).toEqual([1, 0, 1])
    await started.close()
    await expectNothingLeft()
  })

  it('leaves nothing there when the connection is cut', async () => {
    const started = await theTarget().start({})
    await started.run([scenario])
    const clients = await childrenCalled('ssh')
    expect(clients.length).toBeGreaterThan(0)
    for (const pid of clients) process.kill(pid, 'SIGKILL')
    await expect(started.run([scenario])).rejects.toThrow(TargetProblem)
    await started.close()
    await expectNothingLeft()
  })

  it('leaves nothing there when this side is killed', async () => {
    const probe = await compileProbe('cc -static')
    const [file, ...words] = theServer().ssh.split(' ')
    const command = [...words, HOST, remoteStart(statSync(probe).size, {})]
    const script = `
      const { stdin } = require('child_process').spawn(${JSON.stringify(file)}, ${JSON.stringify(command)}, { detached: true })
      stdin.write(require('fs').readFileSync(${JSON.stringify(probe)}))
      setInterval(() => {}, 1000)
    `
    const side = spawn(process.execPath, ['-e', script], { stdio: 'ignore' })
    await untilProbeRuns()
    side.kill('SIGKILL')
    await expectNothingLeft()
  })

  it('leaves nothing there when the connection is cut while the probe is copied', async () => {
    const [file = '', ...words] = theServer().ssh.split(' ')
    const client = spawn(file, [...words, HOST, remoteStart(1_000_000, {})], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    client.stdin.write('half of a probe')
    const { temporary } = theServer()
    for (let tries = 0; readdirSync(temporary).length === 0 && tries < 200; tries++) await pause(50)
    expect(readdirSync(temporary)).toHaveLength(1)
    client.kill('SIGKILL')
    await expectNothingLeft()
  })

  it('runs C programs there, and leaves nothing there', async () => {
    const source = `
      #define _GNU_SOURCE
      #include <stdio.h>
      #include <stdlib.h>
      #include <unistd.h>
      #include <sys/wait.h>
      int main(int count, char **words)
      {
        (void)words;
        puts(count > 1 ? "executed anew" : getenv("IPC_ORACLE_PORT"));
        if (wait(NULL) != -1)
          return 2;
        fflush(stdout);
        if (count == 1)
          execve("/proc/self/exe", (char *[]){ "again", "once", NULL }, environ);
        return 1;
      }`
    const tried = await theTarget().try?.(source, {})
    expect(tried).toEqual({ status: 1, output: expect.stringMatching(/^\d+\nexecuted anew$/) })
    await expectNothingLeft()
  })

  it('ends a C program there by its own alarm when the connection is cut', async () => {
    const mark = join(theServer().temporary, 'cleaned')
    const source = `
      #include <fcntl.h>
      #include <signal.h>
      #include <unistd.h>
      static void clean_up(int number) { (void)number; _exit(creat("${mark}", 0600) < 0); }
      int main(void) { signal(SIGALRM, clean_up); for (;;) pause(); }`
    const trial = theTarget().try?.(source, {})
    await untilProbeRuns()
    for (const pid of await childrenCalled('ssh')) process.kill(pid, 'SIGKILL')
    expect(await trial).toMatchObject({ status: null })
    for (let tries = 0; !existsSync(mark) && tries < 100; tries++) await pause(100)
    rmSync(mark)
    await expectNothingLeft()
  })

  it('says what to do where nobody answers', async () => {
    const obstacle = await targetNamed('ssh:no-such-host.invalid')?.obstacle({})
    expect(obstacle).toMatch(
      /^The probe of target ssh:no-such-host.invalid exited with status 255\. It said: .*resolve/,
    )
    expect(obstacle).toMatch(/no-such-host.invalid true` must work without a question/)
  })

  it('says that a probe of another processor cannot be executed', async () => {
    const started = theTarget().start({ cc: 'cc -shared -fPIC -nostartfiles' })
    await expect(started).rejects.toThrow(TargetProblem)
    await expect(started).rejects.toThrow('the probe cannot be executed there')
    await expectNothingLeft()
  })
})

/** Children of this process with this name. */
async function childrenCalled(command: string): Promise<readonly number[]> {
  const { readFile, readdir } = await import('node:fs/promises')
  const found: number[] = []
  for (const pid of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const [, called, , parent] = /^\d+ \((.*)\) (\S) (\d+)/.exec(status) ?? []
    if (called === command && Number(parent) === process.pid) found.push(Number(pid))
  }
  return found
}
