import { describe, expect, it } from 'vitest'
import { broken, START } from './judged.testing.ts'

const some = { whole: false }
const SET = `${START}10 semget(0x5, 1, IPC_CREAT|IPC_EXCL|0600) = 5\n`
const QUEUE = `${START}10 msgget(0x5, IPC_CREAT|IPC_EXCL|0600) = 5\n`
const FORK = '10 clone(child_stack=NULL, flags=SIGCHLD) = 11\n'
const CHILD = `10 rt_sigaction(SIGCHLD, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n${FORK}`
const add = (change: number) => `10 semop(5, [{sem_num=0, sem_op=${change}, sem_flg=0}], 1) = 0\n`
const SET_INT =
  '10 rt_sigaction(SIGINT, {sa_handler=0x5, sa_mask=[], sa_flags=0}, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n'
const OLD_INT = '10 rt_sigaction(SIGINT, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n'
const MASKS = '10 rt_sigprocmask(SIG_SETMASK, [], NULL, 8) = 0\n'
const LOOK = '10 rt_sigprocmask(SIG_BLOCK, NULL, [INT], 8) = 0\n'

describe('a trace that may show some calls only', () => {
  it.each([
    ['values, without semctl', SET + add(-1)],
    ['values, without semop', `${SET}10 semctl(5, 0, GETVAL) = 3\n`],
    ['messages, without msgsnd', `${QUEUE}10 msgrcv(5, {mtype=1, mtext="a"}, 1, 0, 0) = 1\n`],
    [
      'what has a key, without the call that removes',
      `${SET}10 semget(0x5, 1, IPC_CREAT|IPC_EXCL|0600) = 6\n`,
    ],
    ['children, without waitid', `${START}${CHILD}10 wait4(-1, 0x1, 0, NULL) = -1 ECHILD (x)\n`],
    ['actions, without execve', FORK + (SET_INT + OLD_INT).replace(/^10/gm, '11')],
    ['masks, without signals', START + SET_INT + MASKS + LOOK],
    ['a group, without setpgid', `${START}10 getpgrp() = 3\n10 getpgrp() = 4\n`],
  ])('says nothing of %s', (_, text) => {
    expect(broken(text, some)).toEqual([])
  })

  it('says it where the other calls are shown', () => {
    const semctl = '10 semctl(5, 0, SETVAL, 0) = 0\n'
    expect(broken(SET + semctl + add(-1), some)).toEqual(['semop.block.decrease'])
    expect(broken(START + SET_INT + OLD_INT, some)).toEqual(['sigaction.sets'])
    const waitid = '10 waitid(P_ALL, 0, {}, WEXITED|WNOHANG, NULL) = 0\n'
    expect(broken(`${START}${CHILD}${waitid}10 wait4(-1, 0x1, 0, NULL) = -1 ECHILD (x)\n`, some)).toEqual([
      'waitpid.echild.no-children',
    ])
  })

  it('shows all where it shows a call that belongs to no class', () => {
    const all = '10 set_robust_list(0x1, 24) = 0\n'
    expect(broken(`${START}${all}10 getpgrp() = 3\n10 getpgrp() = 4\n`, some)).toEqual(['getpgid.tells'])
    expect(broken(`${START}${all}${CHILD}10 wait4(-1, 0x1, 0, NULL) = -1 ECHILD (x)\n`, some)).toEqual([
      'waitpid.echild.no-children',
    ])
  })
})
