import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../../model/vocabulary/text/parse.ts'
import { pause } from '../../transports/pause.ts'
import { targets } from '../targets.ts'
import { keptKernel } from './kernel-folder.ts'

const name = 'linux-6.12'
const target = targets.find((each) => each.name === name)
const { scenario } = parseScenario(
  'S = semget(private, 1)\nB: semop(S, [0 -1])\nA: semop(S, [0 +1])\nA: semctl(S, 0, GETPID)\n',
)

/** Process ids of emulators that this process started. */
const machines = () =>
  execFileSync('ps', ['-o', 'pid=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes('qemu-system'))
    .map((line) => Number.parseInt(line, 10))

describe.skipIf((await keptKernel(name)) === null)('a booted kernel', () => {
  it('runs probes, ends with the last one, and is booted again after it went down', async () => {
    const first = await target?.start({})
    const second = await target?.start({ entry: 'syscall' })
    expect(first?.header.kernel).toMatch(/^6\.12\./)
    for (const probe of [first, second]) {
      const [recording] = (await probe?.run([scenario])) ?? []
      expect(recording?.steps.map(({ events }) => events.map(({ actor, is }) => `${actor} ${is}`))).toEqual([
        ['A returned'],
        [],
        ['A returned', 'B returned'],
        ['A returned'],
      ])
    }
    const [machine] = machines()
    expect(machines()).toHaveLength(1)
    process.kill(machine ?? Number.NaN, 'SIGKILL')
    await expect(first?.run([scenario])).rejects.toThrow('its machine went down')
    await Promise.all([first?.close(), second?.close()])

    const third = await target?.start({})
    expect(await third?.run([scenario])).toHaveLength(1)
    expect(machines()).not.toContain(machine)
    await third?.close()
    await expect.poll(machines, { timeout: 10_000 }).toEqual([])
  }, 300_000)

  it('stays up as long as a probe of it takes to end', async () => {
    const first = await target?.start({})
    const second = await target?.start({})
    const [machine = Number.NaN] = machines()
    process.kill(machine, 'SIGSTOP')
    const closed = first?.close()
    await pause(3000)
    process.kill(machine, 'SIGCONT')
    await closed
    expect(await second?.run([scenario])).toHaveLength(1)
    await second?.close()
    await expect.poll(machines, { timeout: 10_000 }).toEqual([])
  }, 300_000)

  it('runs C programs', async () => {
    const source = (body: string) => `
      #include <stdio.h>
      #include <sys/reboot.h>
      #include <sys/utsname.h>
      #include <sys/wait.h>
      int main(void)
      {
        struct utsname name;
        uname(&name);
        if (wait(NULL) == -1)
          puts(name.release);
        fflush(stdout);
        ${body}
      }`
    const released = await target?.try?.(source('return 77;'), {})
    const down = await target?.try?.(source('reboot(RB_POWER_OFF); return 0;'), {})
    expect(released).toEqual({ status: 77, output: expect.stringMatching(/^6\.12\.\S+$/) })
    expect(down).toEqual({ status: null, output: expect.stringContaining('its machine went down') })
    await expect.poll(machines, { timeout: 10_000 }).toEqual([])
  }, 300_000)

  it('says what the kernel said when it does not come up', async () => {
    const kept = await keptKernel(name)
    const kernel = targets.find((each) => each.name === 'kernel')
    const options = { kernel: kept?.image ?? '', cmdline: 'rdinit=/nothing init=/nothing' }
    await expect(kernel?.start(options)).rejects.toThrow(/The machine of target kernel went down.*panic/)
  }, 300_000)
})

describe('target kernel', () => {
  const kernel = targets.find((each) => each.name === 'kernel')
  it.each([
    [{}, 'boots the image that --kernel names'],
    [{ kernel: '/nowhere/bzImage' }, 'There is no kernel image /nowhere/bzImage.'],
  ])('refuses %j', async (options, sentence) => {
    await expect(kernel?.start(options)).rejects.toThrow(sentence)
  })
})
