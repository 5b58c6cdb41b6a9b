import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recorded } from './recorded-io.testing.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-claims-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A C library whose msgrcv says EAGAIN where it should say ENOMSG. */
const lie = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/msg.h>
ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
	ssize_t (*real)(int, void *, size_t, long, int) = dlsym(RTLD_NEXT, "msgrcv");
	ssize_t result = real(id, message, size, type, flags);
	if (result == -1 && errno == ENOMSG)
		errno = EAGAIN;
	return result;
}
`

interface ClaimRecord {
  readonly id: string
  readonly verdict: string
  readonly ledger: string
  readonly reasons: readonly string[]
}

/** Claims that only an IPC namespace of its own refutes, which an ordinary user may not have. */
const needNamespace = ['sem-11', 'msg-02']

const claimsOf = (text: string): readonly ClaimRecord[] => JSON.parse(text).targets[0].claims

describe('claims', () => {
  it('fare on this kernel as the ledger says', async () => {
    const { status, out } = await recorded('claims', '--json')
    const tried = claimsOf(out).filter(({ verdict }) => verdict !== 'not tried')
    expect(tried.length).toBeGreaterThan(200)
    const undecided = tried.filter(({ verdict }) => verdict === 'undecided')
    expect(undecided.filter(({ id }) => !needNamespace.includes(id))).toEqual([])
    expect(tried.filter((each) => each.verdict !== each.ledger && !undecided.includes(each))).toEqual([])
    expect(status).toBe(undecided.length === 0 ? 0 : 3)
  })

  it('shows the trial behind each verdict, and which of two contradicting claims is right', async () => {
    const { status, out } = await recorded('claims', 'messages')
    expect(status).toBe(0)
    expect(out).toContain(`msg-26  does not hold  note 2
    With IPC_NOWAIT and no message msgrcv fails with EAGAIN.
    against: An empty queue.
        Q = msgget(private)              -> ok
        A: msgrcv(Q, 100, 0, IPC_NOWAIT) -> EAGAIN
      not seen: \`A: msgrcv(Q, 100, 0, IPC_NOWAIT) -> EAGAIN\`, but A returns -1 ENOMSG.
`)
    expect(out).toContain('msg-25 (notes 1 and 3) holds, msg-26 (note 2) does not hold: msg-25 is right.')
    expect(out).toContain('msg-14    It is about the text of the manual.')
    expect(out).toMatch(/ were not tried\. Every verdict is the ledger's\.\n$/)
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100)
  })

  it('computes other verdicts where the target is another', async () => {
    const library = join(folder, 'lie.so')
    writeFileSync(join(folder, 'lie.c'), lie)
    execFileSync('cc', ['-shared', '-fPIC', '-o', library, join(folder, 'lie.c'), '-ldl'])
    const wrap = ['--wrap', `env LD_PRELOAD=${library}`]
    const { status, out } = await recorded('claims', 'messages', '--json', ...wrap)
    const verdicts = Object.fromEntries(claimsOf(out).map(({ id, verdict }) => [id, verdict]))
    expect(status).toBe(1)
    expect(verdicts).toMatchObject({ 'msg-25': 'does not hold', 'msg-26': 'holds', 'msg-30': 'holds' })
    const text = await recorded('claims', 'messages', ...wrap)
    expect(text.out).toContain('The ledger says: does not hold.')
    expect(text.out).toMatch(/3 verdicts unlike the ledger's:\s+msg-22, msg-25, msg-26\.\n$/)
  })

  it('computes other verdicts where the compiler is another', async () => {
    const { status, out } = await recorded('claims', 'messages', '--json', '--cc', 'cc -Dmsgset=msgget')
    expect(status).toBe(1)
    const differing = claimsOf(out).filter(
      ({ verdict, ledger }) => verdict !== 'not tried' && verdict !== ledger,
    )
    expect(differing).toMatchObject([{ id: 'msg-48', verdict: 'holds' }])
  })

  it('takes a compiler that fails for no verdict', async () => {
    const compiler = join(folder, 'failing-cc')
    writeFileSync(
      compiler,
      '#!/bin/sh\ncase "$*" in *program.c*) echo "program.c: error: no licence" >&2; exit 1;; esac\nexec cc "$@"\n',
      { mode: 0o755 },
    )
    const { status, out } = await recorded('claims', 'messages', '--json', '--cc', compiler)
    const undecided = claimsOf(out).filter(({ verdict }) => verdict === 'undecided')
    expect(undecided.map(({ id }) => id)).toEqual(['msg-48', 'msg-49', 'msg-50', 'msg-51'])
    expect(undecided[0]?.reasons[0]).toContain('Refused also where CLAIM is not defined')
    expect(status).toBe(3)
  })

  it('decides nothing where nothing can be tried', async () => {
    const { status, out } = await recorded('claims', 'sockets')
    expect(status).toBe(3)
    expect(out).toContain('host: 16 were not tried. Inconclusive.')
    expect((await recorded('claims', '--cc', 'no-such-compiler')).status).toBe(3)
  })
})
