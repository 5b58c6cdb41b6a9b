import { describe, expect, it } from 'vitest'
import { foreignJudge } from '../judge.ts'
import { straceReader } from './read-strace.ts'

/** A trace as it is, with nothing added. */
function judgedAsIs(text: string) {
  const judge = foreignJudge()
  const reader = straceReader((event) => judge.see(event))
  for (const line of text.split('\n')) reader.feed(line)
  reader.finish()
  return judge.conclude(reader)
}

const BEGIN = `1.01 execve("./a", ["./a"], 0x1 /* 1 var */) = 0 <0.001>
1.02 set_tid_address(0x7f1) = 40 <0.001>
1.02 set_robust_list(0x7f1, 24) = 0 <0.001>
1.03 semget(IPC_PRIVATE, 1, 0600) = 5 <0.001>`
const SETVAL = '1.031 semctl(5, 0, SETVAL, 1) = 0 <0.001>'

describe('a trace that names no process', () => {
  it('learns who it is from what it tells of itself', () => {
    const { verdict, malformed } = judgedAsIs(`${BEGIN}\n1.04 getpid() = 40 <0.001>\n1.05 setsid() = 40`)
    expect({ verdict, malformed: malformed.count }).toEqual({ verdict: 'conforms', malformed: 0 })
    expect(judgedAsIs(`${BEGIN}\n1.04 getpid() = 41 <0.001>`).deviations.map(({ rule }) => rule)).toEqual([
      'fork.returns-twice',
    ])
  })

  it('says nothing of pids where it never tells', () => {
    const { verdict } = judgedAsIs(
      '1.01 execve("./a", ["./a"], 0x1) = 0\n1.02 setsid() = 40\n1.03 getpgrp() = 40',
    )
    expect(verdict).not.toBe('deviates')
  })

  it('does not follow children: they may use what it makes', () => {
    const fork = '1.033 clone(child_stack=NULL, flags=SIGCHLD) = 41 <0.001>'
    const taken = '1.035 semctl(5, 0, GETVAL) = 0 <0.001>'
    expect(judgedAsIs([BEGIN, SETVAL, fork, taken].join('\n')).deviations).toEqual([])
    expect(judgedAsIs([BEGIN, SETVAL, taken].join('\n')).deviations).toHaveLength(1)
  })

  it('tells the end of such a child once', () => {
    const chld = '--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=41, si_uid=0, si_status=0} ---'
    const text = `${BEGIN}\n1.05 clone(child_stack=NULL, flags=SIGCHLD) = 41 <0.001>\n1.06 ${chld}`
    expect(judgedAsIs(text).deviations).toEqual([])
  })
})

describe('a trace on a terminal', () => {
  it('announces threads in the middle of the lines of others', () => {
    const { verdict, malformed, byCall } = judgedAsIs(`${BEGIN}
${SETVAL}
1.05 clone(child_stack=NULL, flags=SIGCHLDstrace: Process 41 attached
) = 41 <0.001>
[pid    40] 1.06 wait4(-1,  <unfinished ...>
[pid    41] 1.07 semop(5, [{sem_num=0, sem_op=-1, sem_flg=0}], 1) = 0 <0.001>
[pid    41] 1.08 exit_group(3) = ?
[pid    41] 1.09 +++ exited with 3 +++
1.10 <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 41 <0.04>
1.11 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=41, si_uid=0, si_status=3} ---
1.12 semctl(5, 0, GETVAL) = 0 <0.001>
1.13 exit_group(0) = ?
1.14 +++ exited with 0 +++`)
    expect({ verdict, malformed: malformed.count }).toEqual({ verdict: 'conforms', malformed: 0 })
    expect(byCall.semop?.judged).toBe(1)
    expect(byCall.wait4?.judged).toBe(1)
  })

  it('names a thread that runs a new program as its process', () => {
    const { verdict, malformed } = judgedAsIs(`${BEGIN}
1.04 clone(child_stack=0x5, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREADstrace: Process 41 attached
) = 41 <0.001>
[pid    40] 1.05 pause( <unfinished ...>
[pid    41] 1.06 execve("./b", ["b"], 0x1 <unfinished ...>
[pid    40] 1.07 <... pause resumed>) = ?
[pid    40] 1.07 +++ superseded by execve in pid 41 +++
1.08 <... execve resumed>) = 0 <0.001>
1.09 getpid() = 40`)
    expect({ verdict, malformed: malformed.count }).toEqual({ verdict: 'conforms', malformed: 0 })
  })
})

it('where ends are not told (-e quiet=exit) a child may be gone', () => {
  const { deviations } = judgedAsIs(`10 1.01 execve("./a", ["./a"], 0x1) = 0
10 1.02 rt_sigaction(SIGCHLD, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0
10 1.03 set_robust_list(0x1, 24) = 0
10 1.04 clone(child_stack=NULL, flags=SIGCHLD) = 11
11 1.05 exit_group(0) = ?
10 1.06 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11, si_uid=0, si_status=0} ---
10 1.07 clone(child_stack=NULL, flags=SIGCHLD) = 12
12 1.08 exit_group(0) = ?
10 1.09 wait4(12, NULL, WUNTRACED, NULL) = 12
10 1.10 kill(12, SIGCONT) = -1 ESRCH (No such process)`)
  expect(deviations).toEqual([])
})
