import { describe, expect, it } from 'vitest'
import { broken, FORK, judged, START } from '../judged.testing.ts'

const SET = `${START}10 semget(IPC_PRIVATE, 2, IPC_CREAT|0600) = 5\n${FORK}`
const QUEUE = `${START}10 msgget(IPC_PRIVATE, IPC_CREAT|0600) = 7\n${FORK}`
const operation = (change: number) => `[{sem_num=0, sem_op=${change}, sem_flg=0}], 1`
const alone = { alone: true }

describe('semctl.getncnt, semctl.getzcnt', () => {
  const beside = (
    command: string,
    answer: number,
    change = -1,
  ) => `${SET}10 semctl(5, 0, SETVAL, 0x${change === 0 ? 1 : 0}) = 0
    11 semop(5, ${operation(change)} <unfinished ...>
    10 semctl(5, 0, ${command}, NULL) = ${answer}
    10 semctl(5, 0, SETVAL, 0x${change === 0 ? 0 : 1}) = 0
    11 <... semop resumed>) = 0`

  it('count no more than have begun and are not back', () => {
    for (const answer of [0, 1]) expect(broken(beside('GETNCNT', answer), alone)).toEqual([])
    expect(broken(beside('GETNCNT', 2), alone)).toEqual(['semctl.getncnt'])
    expect(broken(beside('GETZCNT', 1), alone)).toEqual(['semctl.getzcnt'])
    expect(broken(beside('GETZCNT', 1, 0), alone)).toEqual([])
    expect(broken(beside('GETNCNT', 1, 0), alone)).toEqual(['semctl.getncnt'])
  })

  it('may count somebody outside the trace', () => {
    expect(broken(beside('GETNCNT', 2))).toEqual([])
  })

  it('count who begins while they are made', () => {
    const late = `${SET}10 semctl(5, 0, GETNCNT, NULL <unfinished ...>
      11 semop(5, ${operation(-1)} <unfinished ...>
      10 <... semctl resumed>) = 1
      10 semop(5, ${operation(1)}) = 0
      11 <... semop resumed>) = 0`
    expect(broken(late, alone)).toEqual([])
  })
})

describe('sleepers that must have been woken', () => {
  const asleep = `${SET}11 semop(5, ${operation(-1)} <unfinished ...>`
  const secondsLater = (seconds: number, text: string) =>
    text.replace(/^\s*(\d+) /gm, `$1 ${1000 + seconds}.000000 `)

  it('deviate at the end of the trace and at the end of their process', () => {
    const woken = `${asleep}\n10 semop(5, ${operation(1)}) = 0\n`
    const end = secondsLater(9, '10 getpid() = 10')
    expect(broken(woken + end, alone)).toEqual(['sem.wake.handoff'])
    const killed = `${end}\n${secondsLater(9, '11 <... semop resumed>) = ?\n11 +++ killed by SIGKILL +++')}`
    expect(broken(woken + killed, alone)).toContain('sem.wake.handoff')
  })

  it('need time to come back, and may be stopped', () => {
    const woken = `${asleep}\n10 semop(5, ${operation(1)}) = 0\n`
    expect(broken(woken + secondsLater(1, '10 getpid() = 10'), alone)).toEqual([])
    expect(broken(woken + secondsLater(9, '10 getpid() = 10'))).toEqual([])
    expect(
      broken(`${woken}11 --- stopped by SIGSTOP ---\n${secondsLater(9, '10 getpid() = 10')}`, alone),
    ).toEqual([])
  })

  it('may sleep where nobody woke them, or somebody was faster', () => {
    expect(broken(`${asleep}\n${secondsLater(9, '10 getpid() = 10')}`, alone)).toEqual([])
    const two = `${SET}${FORK.replace('11', '12')}11 semop(5, ${operation(-1)} <unfinished ...>
      12 semop(5, ${operation(-1)} <unfinished ...>
      10 semop(5, ${operation(1)}) = 0\n`
    expect(broken(two + secondsLater(9, '10 getpid() = 10'), alone)).toEqual([])
  })
})

describe('a removal', () => {
  it('wakes those who sleep', () => {
    const removed = `${SET}11 semop(5, ${operation(-1)} <unfinished ...>
      10 semctl(5, 0, IPC_RMID) = 0
      11 <... semop resumed>) = -1 EIDRM (Identifier removed)`
    expect(broken(removed, alone)).toEqual([])
  })
})

describe('what was permitted', () => {
  const SHOWN = '10 set_robust_list(0x7f, 24) = 0\n'
  const refused = '-1 EACCES (Permission denied)'

  it('stays permitted to the same identity, and to those who inherit it', () => {
    const twice = (pid: number) =>
      `${SET}${SHOWN}10 semop(5, ${operation(1)}) = 0\n${pid} semop(5, ${operation(1)}) = ${refused}`
    expect(broken(twice(10))).toEqual(['semop.eacces'])
    expect(broken(twice(11))).toEqual(['semop.eacces'])
    expect(
      broken(
        `${QUEUE}${SHOWN}10 msgsnd(7, {mtype=1, mtext="a"}, 1, 0) = 0\n10 msgsnd(7, {mtype=1, mtext="a"}, 1, 0) = ${refused}`,
      ),
    ).toEqual(['msgsnd.eacces'])
  })

  it('may be refused to another one, for another call, and when the object was changed', () => {
    const before = `${SET}${SHOWN}10 semop(5, ${operation(1)}) = 0\n`
    expect(broken(`${before}11 setuid(1000) = 0\n11 semop(5, ${operation(1)}) = ${refused}`)).toEqual([])
    expect(
      broken(`${before}11 execve("./b", ["./b"], 0x1) = 0\n11 semop(5, ${operation(1)}) = ${refused}`),
    ).toEqual([])
    expect(broken(`${before}10 semctl(5, 0, GETVAL, NULL) = ${refused}`)).toEqual([])
    expect(
      broken(`${before}11 semctl(5, 0, IPC_SET, {}) = 0\n10 semop(5, ${operation(1)}) = ${refused}`),
    ).toEqual([])
    expect(broken(`${SET}10 semop(5, ${operation(1)}) = ${refused}`)).toEqual([])
    expect(broken(`${before}11 capset({}, {}) = 0\n11 semop(5, ${operation(1)}) = ${refused}`)).toEqual([])
  })

  it('may be refused where the trace does not show who becomes somebody else', () => {
    const twice = `${SET}10 semop(5, ${operation(1)}) = 0\n10 semop(5, ${operation(1)}) = ${refused}`
    expect(broken(twice)).toEqual([])
    expect(broken(`${SHOWN}${twice}`)).toEqual(['semop.eacces'])
  })
})

describe('calls that a signal ends', () => {
  it.each([
    [`semop(5, ${operation(-1)})`, 'ERESTARTSYS', ['sem.eintr']],
    ['msgrcv(7, 0x1, 9, 0, 0)', 'ERESTARTNOHAND', []],
    ['msgrcv(7, 0x1, 9, 0, 0)', 'ERESTARTSYS', ['rcv.eintr']],
    ['wait4(-1, 0x1, 0, NULL)', 'ERESTARTSYS', []],
    ['wait4(-1, 0x1, 0, NULL)', 'ERESTARTNOHAND', ['wait.signal.eintr']],
  ])('%s = ? %s', (call, errno, rules) => {
    const text = `${SET}10 msgget(IPC_PRIVATE, IPC_CREAT|0600) = 7\n10 ${call} = ? ${errno} (To be restarted)`
    expect(broken(text)).toEqual(rules)
  })
})

describe('waitid.echild', () => {
  it('a file descriptor that strace decodes names one child', () => {
    const wait = (pid: number) =>
      `${START}${FORK}${FORK.replace('= 11', '= 12')}12 exit_group(0) = ?\n12 +++ exited with 0 +++\n10 waitid(P_PIDFD, 3<pid:${pid}>, {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=12, si_uid=0, si_status=0, si_utime=0, si_stime=0}, WEXITED, NULL) = 0`
    expect(broken(wait(12))).toEqual([])
    expect(broken(wait(11))).toEqual(['waitid.echild'])
    expect(judged(wait(12)).byCall.waitid).toEqual({ calls: 1, judged: 1 })
  })
})

describe('what Linux does beyond the manual', () => {
  const QUEUE = `${START}10 msgget(IPC_PRIVATE, 0600) = 5\n`
  const SEND = '10 msgsnd(5, {mtype=1, mtext="a\\0"}, 2, 0) = 0\n'
  const NONE = '10 msgrcv(5, 0x1, 10, 0, IPC_NOWAIT) = -1 ENOMSG (x)\n'
  it('a message may be lost where the buffer is bad', () => {
    const fault = '10 msgrcv(5, 0x1, 10, 0, 0) = -1 EFAULT (x)\n'
    expect(broken(QUEUE + SEND + fault + NONE)).toEqual([])
    expect(broken(QUEUE + SEND + NONE)).toEqual(['msgrcv.enomsg'])
  })

  it('strace shows the whole buffer of a receiver', () => {
    const receive = (text: string) => `10 msgrcv(5, {mtype=1, mtext="${text}"}, 4, 0, 0) = 2\n`
    expect(broken(QUEUE + SEND + receive('a\\0001\\n'))).toEqual([])
    expect(broken(QUEUE + SEND + receive('a1\\0\\0'))).toEqual(['msgrcv.ok'])
  })

  it('a child may have the undo entries of its maker', () => {
    const child = (flags: string) => `${START}10 semget(IPC_PRIVATE, 1, 0600) = 5
10 clone(child_stack=NULL, flags=${flags}SIGCHLD) = 11
11 semop(5, [{sem_num=0, sem_op=1, sem_flg=SEM_UNDO}], 1) = 0
11 exit_group(0) = ?
11 +++ exited with 0 +++
10 semctl(5, 0, GETVAL) = 1\n`
    expect(broken(child('CLONE_SYSVSEM|'))).toEqual([])
    expect(broken(child(''))).toEqual(['semctl.getval'])
  })
})

describe('who changed a semaphore last', () => {
  const add = (pid: number, flags = '0') =>
    `${pid} semop(5, [{sem_num=0, sem_op=1, sem_flg=${flags}}], 1) = 0\n`
  const asked = (pid: number) => `10 semctl(5, 0, GETPID) = ${pid}\n`
  const begun = `${START}10 semget(IPC_PRIVATE, 1, 0600) = 5\n10 clone(child_stack=NULL, flags=SIGCHLD) = 11\n${asked(0)}`
  it('is told once it was asked for', () => {
    expect(broken(begun + add(11) + asked(11))).toEqual([])
    expect(broken(begun + add(11) + asked(10))).toEqual(['semctl.getpid'])
    expect(broken(`${begun + add(11)}10 semctl(5, 0, SETVAL, 3) = 0\n${asked(11)}`)).toEqual([
      'semctl.getpid',
    ])
    expect(judged(begun + add(11) + asked(11)).byCall.semctl).toEqual({ calls: 2, judged: 1 })
  })

  it('is the one whose undo entries were given back', () => {
    const ended = `${begun}${add(11, 'SEM_UNDO')}${add(10)}11 exit_group(0) = ?\n11 +++ exited with 0 +++\n`
    expect(broken(ended + asked(11))).toEqual([])
    expect(broken(ended + asked(10))).toEqual(['semctl.getpid'])
  })

  it('may be either of two that overlap', () => {
    const sets = (pid: number) =>
      `${begun}10 semctl(5, 0, SETVAL, 3 <unfinished ...>\n${add(11)}10 <... semctl resumed>) = 0\n${asked(pid)}`
    expect([10, 11, 12].map((pid) => broken(sets(pid)).length)).toEqual([0, 0, 1])
  })
})
