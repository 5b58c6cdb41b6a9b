import { describe, expect, it } from 'vitest'
import { broken, FORK, judged, START } from '../judged.testing.ts'

const ACTIONS = '10 rt_sigaction(SIGCHLD, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n'
const ENDED = '11 exit_group(3) = ?\n11 +++ exited with 3 +++\n'
const REAPED = '10 wait4(11, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 11\n'
const begun = START + ACTIONS + FORK

describe('a thread that runs a new program', () => {
  const HANDLER =
    '10 rt_sigaction(SIGINT, {sa_handler=0x5, sa_mask=[], sa_flags=0}, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n'
  const THREAD = '10 clone(child_stack=0x2, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD) = 11\n'
  const SUPERSEDED = '10 +++ superseded by execve in pid 11 +++\n'
  const DEFAULT = '10 rt_sigaction(SIGINT, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n'
  const runs = (mark: string, superseded: string) =>
    `${START}${HANDLER}${THREAD}11 execve("./b", ["b"], 0x1 /* 1 var */ <${mark} ...>\n${superseded}10 <... execve resumed>) = 0\n`

  it.each([
    ['as it is told', runs('unfinished', SUPERSEDED)],
    ['as older versions tell it', runs('pid changed to 10', SUPERSEDED)],
    ['where it is not told', runs('unfinished', '')],
  ])('goes on under the pid of the process, %s', (_, text) => {
    expect(judged(`${text}${DEFAULT}10 getpid() = 10\n`)).toMatchObject({
      ...{ deviationCount: 0, malformed: { count: 0 } },
      byCall: { rt_sigaction: { judged: 2 } },
    })
    expect(broken(`${text}${DEFAULT}10 gettid() = 11\n`)).toEqual(['fork.returns-twice'])
  })
})

describe('exec.signals.caught-reset', () => {
  const first = (action: string, flags = '0', mask = '[]') =>
    `10 rt_sigaction(SIGINT, NULL, {sa_handler=${action}, sa_mask=${mask}, sa_flags=${flags}}, 8) = 0\n`

  it('leaves a new program the default, or what is ignored', () => {
    for (const text of [first('SIG_DFL'), first('SIG_IGN')]) {
      const { deviationCount, byCall } = judged(`${START}${text}`)
      expect([deviationCount, byCall.rt_sigaction]).toEqual([0, { calls: 1, judged: 1 }])
    }
    for (const text of [first('0x5'), first('SIG_DFL', 'SA_RESTART'), first('SIG_IGN', '0', '[HUP]')])
      expect(broken(`${START}${text}`)).toEqual(['exec.signals.caught-reset'])
  })

  it('is not known of a program that ran before the trace', () => {
    const { deviationCount, byCall } = judged(first('0x5', 'SA_RESTART'))
    expect([deviationCount, byCall.rt_sigaction]).toEqual([0, { calls: 1, judged: 0 }])
  })

  it('is not known behind a handler that was there for one signal only', () => {
    const set = '10 rt_sigaction(SIGINT, {sa_handler=0x5, sa_mask=[], sa_flags=SA_RESETHAND}, NULL, 8) = 0\n'
    const sent =
      '10 --- SIGINT {si_signo=SIGINT, si_code=SI_USER, si_pid=1, si_uid=0} ---\n10 rt_sigreturn({mask=[]}) = 0\n'
    expect(broken(`${START}${set}${sent}${first('SIG_DFL', 'SA_RESETHAND')}`)).toEqual([])
  })
})

describe('a process that was there before the trace', () => {
  const NEW = '12 clone(child_stack=NULL, flags=SIGCHLD) = 20\n'
  const ENDS = '20 exit_group(0) = ?\n20 +++ exited with 0 +++\n'
  it('may have several threads, of which one makes and another waits', () => {
    const threads = `12 getpid() = 10\n${NEW}20 getppid() = 10\n${ENDS}11 wait4(20, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 20\n12 wait4(20, 0x1, 0, NULL) = -1 ECHILD (x)\n`
    expect(broken(threads)).toEqual([])
  })
  it('may have threads that set actions for each other', () => {
    const set = (pid: number, handler: string, old: string) =>
      `${pid} rt_sigaction(SIGINT, {sa_handler=${handler}, sa_mask=[], sa_flags=0}, {sa_handler=${old}, sa_mask=[], sa_flags=0}, 8) = 0\n`
    expect(broken(set(11, '0x5', 'SIG_DFL') + set(12, '0x6', '0x5') + set(11, 'SIG_DFL', '0x6'))).toEqual([])
  })
  it('is one for itself once it runs a new program', () => {
    const runs = '12 execve("./b", ["b"], 0x1 /* 1 var */) = 0\n'
    expect(judged(`12 getpid() = 12\n${runs}12 getpid() = 12\n`).byCall.getpid).toEqual({
      calls: 2,
      judged: 1,
    })
  })
  it('may be in a pid namespace of its own', () => {
    const runs = '12 execve("./b", ["b"], 0x1 /* 1 var */) = 0\n'
    expect(broken(`12 brk(NULL) = 0x1\n${runs}12 gettid() = 1\n12 getpid() = 1\n12 getppid() = 0\n`)).toEqual(
      [],
    )
  })
  it('is not the child of whoever makes one meanwhile', () => {
    const begun = '12 clone(child_stack=0x2, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD <unfinished ...>\n'
    expect(broken(`12 getpid() = 12\n${begun}30 getpid() = 29\n12 <... clone resumed>) = 13\n`)).toEqual([])
  })
})

describe('an error without a name', () => {
  const fails = (errno: string) =>
    `${START}10 rt_sigprocmask(SIG_SETMASK, [], NULL, 8) = -1 (errno ${errno})\n`
  it('is none where no error has such a number: the thread was ended meanwhile', () => {
    expect(broken(fails('18446744073709551385'))).toEqual([])
    expect(broken(fails('999'))).toEqual(['sigprocmask.changes'])
  })
})

describe('a pid namespace that the trace makes', () => {
  it('has pids of its own, in children that are told by their parent first as well', () => {
    const made = `${START}10 unshare(CLONE_NEWPID) = 0\n10 clone(child_stack=NULL, flags=SIGCHLD) = 1\n`
    const runs = '20 execve("./b", ["b"], 0x1 /* 1 var */) = 0\n'
    expect(broken(`${made}${runs}20 set_tid_address(0x1) = 1\n20 getpid() = 1\n20 getppid() = 0\n`)).toEqual(
      [],
    )
  })
})

describe('a child that acts before it is known whose it is', () => {
  const FORKS = 'clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>'
  const acts = (text: string) =>
    `${START}10 getsid(0) = 5\n10 getuid() = 0\n${FORK}10 ${FORKS}\n11 ${FORKS}\n${text}10 <... clone resumed>) = 12\n11 <... clone resumed>) = 13\n`
  it('keeps the session that it made, and whom it became', () => {
    expect(broken(`${acts('12 setsid() = 12\n')}12 getsid(0) = 12\n`)).toEqual([])
    expect(broken(`${acts('12 setuid(7) = 0\n')}12 getuid() = 7\n`)).toEqual([])
    expect(broken(`${acts('12 brk(NULL) = 0x1\n')}12 getuid() = 7\n`)).toEqual(['exec.identity.kept'])
  })
})

describe('threads that are made at the same time', () => {
  const THREAD = 'clone(child_stack=0x2, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD <unfinished ...>'
  it('belong to the process that made them', () => {
    const text = `${START}10 clone(child_stack=0x2, flags=CLONE_VM|CLONE_SIGHAND|CLONE_THREAD) = 11\n10 ${THREAD}\n11 ${THREAD}\n12 getpid() = 10\n13 getpid() = 10\n10 <... clone resumed>) = 12\n11 <... clone resumed>) = 13\n`
    expect(broken(`${text}13 getpid() = 10\n12 gettid() = 12\n`)).toEqual([])
    expect(broken(`${text}13 getpid() = 13\n`)).toEqual(['fork.returns-twice'])
  })
})

describe('waitpid.each-once', () => {
  it('reports an end once', () => {
    expect(broken(begun + ENDED + REAPED)).toEqual([])
    expect(broken(begun + ENDED + REAPED + REAPED)).toEqual(['waitpid.each-once'])
  })
})

describe('waitpid.wnohang.zero-when-none-ready', () => {
  it('is not for a child that ended before the call', () => {
    const look = '10 wait4(-1, 0x1, WNOHANG, NULL) = 0\n'
    expect(broken(begun + look + ENDED)).toEqual([])
    expect(broken(begun + ENDED + look)).toEqual(['waitpid.wnohang.zero-when-none-ready'])
  })
  it('is open where SIGCHLD may be ignored', () => {
    expect(broken(`${START}${FORK}${ENDED}10 wait4(-1, 0x1, WNOHANG, NULL) = 0\n`)).toEqual([])
  })
})

describe('waitpid.echild.no-children', () => {
  it('is for a process without children', () => {
    const none = '10 wait4(-1, 0x1, 0, NULL) = -1 ECHILD (x)\n'
    expect(broken(begun + none)).toEqual(['waitpid.echild.no-children'])
    expect(broken(begun + ENDED + REAPED + none)).toEqual([])
    expect(broken(`${begun}${ENDED}${REAPED}10 wait4(-1, 0x1, WNOHANG, NULL) = 0\n`)).toEqual([
      'waitpid.echild.no-children',
    ])
  })
})

describe('exit.zombie.until-waited', () => {
  it('a process whose end was reported does nothing any more', () => {
    expect(broken(`${begun}${REAPED}11 getpid() = 11\n`)).toEqual(['exit.zombie.until-waited'])
  })
})

describe('fork.pid-unique', () => {
  it('no living process has the pid', () => {
    expect(broken(begun + FORK)).toEqual(['fork.pid-unique'])
    expect(broken(begun + ENDED + REAPED + FORK)).toEqual([])
  })
})

describe('reaped.kill.esrch', () => {
  it('a process that was waited for cannot be reached', () => {
    expect(broken(`${begun}${ENDED}${REAPED}10 kill(11, SIGTERM) = -1 ESRCH (x)`)).toEqual([])
    expect(broken(`${begun}${ENDED}${REAPED}10 kill(11, SIGTERM) = 0`)).toEqual(['reaped.kill.esrch'])
  })
})

describe('exit.sigkill.always', () => {
  it('after SIGKILL a process makes no other call', () => {
    expect(broken(`${begun}10 kill(11, SIGKILL) = 0\n11 +++ killed by SIGKILL +++`)).toEqual([])
    expect(broken(`${begun}10 kill(11, SIGKILL) = 0\n11 getpid() = 11`)).toEqual(['exit.sigkill.always'])
  })
})

describe('signal.default.ends', () => {
  const treated = '11 rt_sigaction(SIGTERM, NULL, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8) = 0\n'
  it('a process that a signal ends does not go on', () => {
    const sent = '11 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=10, si_uid=0} ---\n'
    expect(broken(`${begun}${treated}${sent}11 +++ killed by SIGTERM +++`)).toEqual([])
    expect(broken(`${begun}${treated}${sent}11 getpid() = 11`)).toEqual(['signal.default.ends'])
  })
})

describe('sigaction.sets', () => {
  it('the old action is the one that was set, here or by the parent', () => {
    const set = '10 rt_sigaction(SIGINT, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, NULL, 8) = 0\n'
    const tell = (handler: string) =>
      `11 rt_sigaction(SIGINT, NULL, {sa_handler=${handler}, sa_mask=[], sa_flags=0}, 8) = 0\n`
    expect(broken(START + set + FORK + tell('SIG_IGN'))).toEqual([])
    expect(broken(START + set + FORK + tell('SIG_DFL'))).toEqual(['sigaction.sets'])
  })
  it('a look changes nothing, where the null pointer is a number as well', () => {
    for (const look of ['0x9, 0, 0x7ffc', 'SIGKILL, 0x0, 0x7ffc', 'SIGKILL, NULL, 0x7ffc'])
      expect(broken(`${START}10 rt_sigaction(${look}, 0x8) = 0\n`)).toEqual([])
    expect(broken(`${START}10 rt_sigaction(0x9, 0x7ffb, 0, 0x8) = 0\n`)).toEqual(['sigaction.einval'])
  })
  it('a new program has no handlers', () => {
    const set = '10 rt_sigaction(SIGINT, {sa_handler=0x5000, sa_mask=[], sa_flags=0}, NULL, 8) = 0\n'
    const told = (handler: string) =>
      `10 rt_sigaction(SIGINT, NULL, {sa_handler=${handler}, sa_mask=[], sa_flags=0}, 8) = 0\n`
    expect(broken(START + set + START + told('SIG_DFL'))).toEqual([])
    expect(broken(START + set + told('SIG_DFL'))).toEqual(['sigaction.sets'])
  })
})

describe('sigprocmask.changes', () => {
  it('the old mask is what the calls before made of it', () => {
    const set =
      '10 rt_sigprocmask(SIG_SETMASK, [INT], NULL, 8) = 0\n10 rt_sigprocmask(SIG_BLOCK, [CHLD KILL], NULL, 8) = 0\n'
    expect(broken(`${START}${set}10 rt_sigprocmask(SIG_BLOCK, NULL, [INT CHLD], 8) = 0`)).toEqual([])
    expect(broken(`${START}${set}10 rt_sigprocmask(SIG_BLOCK, NULL, [INT], 8) = 0`)).toEqual([
      'sigprocmask.changes',
    ])
  })
})

describe('a call that a signal interrupts', () => {
  it('is made again, and counts as not judged', () => {
    const { verdict, notJudged } = judged(`${begun}10 wait4(-1,  <unfinished ...>
      10 <... wait4 resumed>0x1, 0, NULL) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)
      10 --- SIGINT {si_signo=SIGINT, si_code=SI_KERNEL} ---
      10 wait4(-1,  <unfinished ...>
      ${ENDED}
      10 <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL) = 11`)
    expect(verdict).toBe('conforms')
    expect(notJudged['a signal ended the call']).toBe(1)
  })
})

describe('a trace that is not understood', () => {
  it('counts and names the lines, and settles nothing', () => {
    const { verdict, malformed } = judged(`${begun}nonsense\n10 semop(1, [{`)
    expect(verdict).toBe('inconclusive')
    expect(malformed).toMatchObject({ count: 2, first: [{ text: 'nonsense' }, { line: 6 }] })
  })
  it('is inconclusive where it has nothing of our families', () => {
    expect(judged('10 open("a", O_RDONLY) = 3').verdict).toBe('inconclusive')
  })
})

it('a child that ended while nobody wanted to know leaves no zombie, whatever is set later', () => {
  const set = (handler: string, old: string) =>
    `10 rt_sigaction(SIGCHLD, {sa_handler=${handler}, sa_mask=[], sa_flags=0}, {sa_handler=${old}, sa_mask=[], sa_flags=0}, 8) = 0\n`
  const ignored = START + set('SIG_IGN', 'SIG_DFL') + FORK
  const none = '10 wait4(-1, 0x1, 0, NULL) = -1 ECHILD (x)\n'
  expect(broken(ignored + ENDED + set('SIG_DFL', 'SIG_IGN') + none)).toEqual([])
  expect(broken(ignored + set('SIG_DFL', 'SIG_IGN') + ENDED + none)).toEqual(['waitpid.echild.no-children'])
})

describe('a child', () => {
  it('that ended is there until it is waited for', () => {
    const kill = (result: string) => `10 kill(11, SIGTERM) = ${result}\n`
    const gone = '-1 ESRCH (x)'
    expect(broken(begun + ENDED + kill(gone))).toEqual(['kill.nobody.esrch'])
    expect(broken(begun + ENDED + kill('0') + REAPED + kill(gone))).toEqual([])
    expect(judged(begun + ENDED + kill('0')).byCall.kill).toEqual({ calls: 1, judged: 1 })
    const unwanted = begun.replace('SIG_DFL', 'SIG_IGN')
    expect(broken(unwanted + ENDED + kill(gone))).toEqual([])
  })

  it('tells the group that it was moved to', () => {
    const moved = '10 setpgid(11, 11) = 0\n'
    const own = '10 getpgrp() = 3\n'
    const asked = (group: number) => `10 getpgid(11) = ${group}\n`
    expect(broken(own + begun + moved + asked(11))).toEqual([])
    expect(broken(begun + moved + asked(3))).toEqual(['getpgid.tells'])
    const itself = '11 setpgid(0, 0 <unfinished ...>\n'
    expect(broken(begun + moved + itself + asked(3))).toEqual([])
  })
})
