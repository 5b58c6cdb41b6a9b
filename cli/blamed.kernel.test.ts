import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StartOptions, Target } from '../harness/targets/target.ts'
import { targets } from '../harness/targets/targets.ts'
import { linux } from '../model/profile.ts'
import { parseScenario } from '../model/vocabulary/text/parse.ts'
import { judge } from '../oracle/judge.ts'
import type { Blame, DeviationRecord, TargetRecord } from '../oracle/run.ts'
import { lies } from '../properties/lies/lies.ts'
import { withCompiled } from '../scripts/lies/compile-lies.ts'
import { blamed } from './blamed.ts'
import { foundDeviations } from './found-deviation.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-blamed-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const theTarget = (name: string): Target => {
  const target = targets.find((each) => each.name === name)
  if (target === undefined) throw new Error(`no target ${name}`)
  return target
}

/** Whose doing it is that the scenario deviates on a target. */
async function blameFor(
  text: string,
  where: string | Target,
  start: StartOptions = {},
): Promise<Blame | undefined> {
  const target = typeof where === 'string' ? theTarget(where) : where
  const started = await target.start(start)
  const { header, hello } = started
  const [recording] = await started.run([parseScenario(text).scenario]).finally(started.close)
  if (recording === undefined) throw new Error('nothing was recorded')
  const [found] = foundDeviations(judge(recording, header, linux), recording, header, linux)
  if (found === undefined) throw new Error(`${target.name} conforms`)
  return blameOf(found, target, start, hello.pointerBytes === 4)
}

async function blameOf(found: DeviationRecord, target: Target, start: StartOptions, narrow: boolean) {
  const record = { deviations: [found] } as unknown as TargetRecord
  const stop = new AbortController().signal
  const done = await blamed(record, { target, start }, { profile: linux, expected: [], narrow, stop })
  return done.deviations[0]?.blame
}

const theLie = (name: string) => {
  const lie = lies.find((each) => each.name === name)
  if (lie === undefined) throw new Error(`no lie ${name}`)
  return lie
}

const library = theLie('getpid-zero')
const kernel = theLie('kernel-getpid-zero')
const keys = theLie('ftok-seven-bits')

const cameTo = (blame: Blame | undefined) => blame?.compared.map(({ how, came }) => `${how}: ${came}`)

describe('a lie of the C library', () => {
  it('is blamed on it, for syscall(2) meets it not', () =>
    withCompiled([library], async (objectOf) => {
      const blame = await blameFor(library.witness, 'host', { wrap: `env LD_PRELOAD=${objectOf(library)}` })
      expect(blame?.on).toBe('C library')
      expect(cameTo(blame)).toEqual(['with syscall(2): conforms'])
    }))

  it('is blamed on it where there is no system call at all', () =>
    withCompiled([keys], async (objectOf) => {
      const blame = await blameFor(keys.witness, 'host', { wrap: `env LD_PRELOAD=${objectOf(keys)}` })
      expect(blame).toMatchObject({ on: 'C library', sentence: 'the C library: ftok is no system call' })
    }))
})

describe('a lie of the kernel', () => {
  it('is blamed on what --wrap puts in its place, for syscall(2) meets it and this machine does not', () =>
    withCompiled([kernel], async (objectOf) => {
      const blame = await blameFor(kernel.witness, 'host', { wrap: `env LD_PRELOAD=${objectOf(kernel)}` })
      expect(blame?.on).toBe('wrap')
      expect(cameTo(blame)).toEqual(['with syscall(2): deviates', 'without --wrap: conforms'])
    }))

  it('is blamed on the kernel where every way to it lies', () =>
    withCompiled([kernel], async (objectOf) => {
      process.env.LD_PRELOAD = objectOf(kernel)
      try {
        const blame = await blameFor(kernel.witness, 'host')
        expect(blame?.on).toBe('kernel')
        expect(cameTo(blame)).toEqual(['with syscall(2): deviates'])
        expect(await blameFor(kernel.witness, 'host-syscall')).toMatchObject({ on: 'kernel', compared: [] })
      } finally {
        delete process.env.LD_PRELOAD
      }
    }))

  it('is not taken for one of a statically linked C library', async () => {
    const filter = join(folder, 'filter')
    writeFileSync(`${filter}.c`, getpidIsZero)
    execFileSync('cc', ['-o', filter, `${filter}.c`])
    const blame = await blameFor(kernel.witness, 'host', { wrap: filter, cc: 'cc -static' })
    expect(blame?.on).toBe('wrap')
    expect(cameTo(blame)).toEqual(['with syscall(2): deviates', 'without --wrap: conforms'])
  })
})

/** Starts a program under a filter of system calls: semctl with the command GETPID returns 0, whatever the library. */
const getpidIsZero = `
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int count, char **words)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_semctl, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, GETPID, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };
	if (count < 2 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		return 1;
	execv(words[1], words + 1);
	return 1;
}
`

describe.each([
  ['host-i386', 'compat layer', 'shmctl(0, IPC_INFO)'],
  ['qemu-user-x86_64', 'emulator', 'prctl(PR_SET_CHILD_SUBREAPER, 1)'],
  ['qemu-user-s390x', 'emulator', 'prctl(PR_SET_CHILD_SUBREAPER, 1)'],
  ['qemu-user-i386', 'emulator', 'prctl(PR_SET_CHILD_SUBREAPER, 1)'],
  ['qemu-user-i386', 'compat layer', 'shmctl(0, IPC_INFO)'],
  ['gvisor', 'sandbox', 'Q = msgget(private)\nmsgsnd(Q, 5, 1, 1)\nmsgrcv(Q, 10, -5, IPC_NOWAIT)'],
])('what %s alone does', (name, on, text) => {
  it(`is blamed on the ${on}: ${text.split('\n').at(-1)}`, async (context) => {
    const obstacle = await theTarget(name).obstacle({})
    if (obstacle !== null) return context.skip(obstacle)
    const blame = await blameFor(text, name)
    expect(blame).toMatchObject({ on })
    expect(blame?.compared.at(-1)?.came).toBe('conforms')
  })
})

describe('what cannot be told', () => {
  it("is nobody's doing as long as a layer could not be left out", () =>
    withCompiled([kernel], async (objectOf) => {
      process.env.LD_PRELOAD = objectOf(kernel)
      try {
        const layer = {
          is: 'sandbox' as const,
          called: 'a box',
          without: { target: 'host', cc: 'no-such-compiler' },
        }
        const blame = await blameFor(kernel.witness, { ...theTarget('host'), layer })
        expect(blame?.on).toBe('unknown')
        expect(blame?.sentence).toMatch(
          /^not established: it may be a box or .*`no-such-compiler` was not found/,
        )
      } finally {
        delete process.env.LD_PRELOAD
      }
    }))

  it("is nobody's doing where the scenario conforms when it is run again", async () => {
    const scenario = 'S = semget(private, 1)\nsemctl(S, 0, GETVAL)'
    const found = { rule: 'semctl.getval', rules: [], step: 1, scenario }
    expect(await blameOf(found as unknown as DeviationRecord, theTarget('host'), {}, false)).toMatchObject({
      on: 'unknown',
      sentence: 'not established: the scenario does not deviate each time that it is run',
    })
  })
})
