import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../model/catalogue/rules.ts'
import { judged } from './judged.testing.ts'

const folder = new URL('./corpus/', import.meta.url)
const read = (name: string) => readFileSync(new URL(`${name}.strace`, folder), 'latin1')

describe('recorded fragments', () => {
  it.each(readdirSync(folder))('%s conforms, and more than half of it is judged', (file) => {
    const { verdict, calls, judged: count, malformed } = judged(readFileSync(new URL(file, folder), 'latin1'))
    expect({ verdict, malformed: malformed.count }).toEqual({ verdict: 'conforms', malformed: 0 })
    expect(count / calls).toBeGreaterThan(0.5)
  })

  it.each([
    ['wait-status', 'WTERMSIG(s) == SIGTERM', 'WTERMSIG(s) == SIGKILL', 'exit.signal.status'],
    [
      'wait-status',
      '[{WIFCONTINUED(s)}], WSTOPPED|WCONTINUED',
      '[{WIFCONTINUED(s)}], WSTOPPED',
      'waitpid.continue.reported-once',
    ],
    ['wait-status', 'si_status=SIGTERM', 'si_status=SIGHUP', 'sigchld.end.sent'],
    [
      'wait-status',
      'kill(14372, SIGSTOP) = 0',
      'kill(14372, SIGSTOP) = -1 ESRCH (No such process)',
      'kill.nobody.esrch',
    ],
    ['wait-status', 'exited with 0', 'exited with 1', 'exit.code.low-eight-bits'],
    [
      'wait-status',
      'WCONTINUED, NULL) = 14372 <0.000101>',
      'WCONTINUED, NULL) = 14373 <0.000101>',
      'waitpid.echild.not-a-child',
    ],
    ['shm-string', 'shm_nattch=1', 'shm_nattch=2', 'shmctl.stat.reports-all'],
    [
      'shm-string',
      'shmdt(0x7f379bf77000) = 0',
      'shmdt(0x7f379bf77000) = -1 EINVAL (Invalid argument)',
      'shmdt.base.detaches',
    ],
    ['shm-string', 'GETVAL, NULL) = 0', 'GETVAL, NULL) = 1', 'semctl.getval'],
    ['shm-string', 'sem_op=-1', 'sem_op=-2', 'semop.block.zero'],
    [
      'shm-string',
      '0x7ffe3fc6deb0) = -1 EINVAL (Invalid argument)',
      '{shm_segsz=4096, shm_nattch=0}) = 0',
      'shmctl.rmid.then-einval',
    ],
    [
      'msg-types',
      'mtext="mess"}, 4, 0, MSG_NOERROR|IPC_NOWAIT) = 4',
      'mtext="mess"}, 4, 0, MSG_NOERROR|IPC_NOWAIT) = 3',
      'msgrcv.return',
    ],
    [
      'msg-types',
      '-1 E2BIG (Argument list too long)',
      '-1 ENOMSG (No message of desired type)',
      'msgrcv.enomsg',
    ],
    ['msg-types', 'msg_qnum=5', 'msg_qnum=4', 'msgctl.stat'],
    [
      'msg-types',
      '{mtype=1, mtext="message 3"...}, 80, 3',
      '{mtype=3, mtext="message 2"...}, 80, 3',
      'msgrcv.select.except',
    ],
    ['msg-types', '"m"}, 1, 0) = -1 EINVAL (Invalid argument)', '"m"}, 1, 0) = 0', 'rmid.later-einval'],
  ])('%s: %s → %s', (name, from, to, rule) => {
    const text = read(name as string)
    expect(text).toContain(from)
    const { verdict, deviations } = judged(text.replace(from as string, to as string))
    expect(verdict).toBe('deviates')
    expect(deviations[0]?.rule).toBe(rule)
    expect(ruleOf(rule as string)?.cites.length).toBeGreaterThan(0)
  })
})
