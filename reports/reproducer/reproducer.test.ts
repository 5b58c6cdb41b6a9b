import { describe, expect, it } from 'vitest'
import { linux } from '../../model/profile.ts'
import { type FormName, formNames, formOf } from '../../model/vocabulary/forms.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { accountOf } from '../../oracle/account.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { RecordedStep, Recording, TraceEvent } from '../../oracle/trace/trace.ts'
import { reproducer } from './reproducer.ts'
import { isPlain, say } from './said.ts'

const header = aHeader()

/** The program of a scenario whose last step ended so. */
function program(text: string, ...events: readonly TraceEvent[]): string {
  const { scenario } = parseScenario(text)
  const conforming = simulate(scenario, header, linux)
  const last: RecordedStep = { seconds: conforming.steps.at(-1)?.seconds ?? 0, events }
  const recording: Recording =
    events.length === 0 ? conforming : { ...conforming, steps: [...conforming.steps.slice(0, -1), last] }
  const made = reproducer(accountOf(recording, header, linux), {
    ...{
      rule: 'a.rule',
      clause: { sentence: 'A sentence.', cites: ['A source'] },
      profile: linux,
      file: 'r.c',
    },
  })
  return 'text' in made ? made.text : made.obstacle
}

const returned = (actor: string, value: number, errno = 0): TraceEvent => ({
  ...{ is: 'returned', actor, value, errno, out: null, clobbered: false },
})

describe('a reproducer', () => {
  it('needs no processes where nobody sleeps', () => {
    const text = program('S = semget(private, 1)\nsemctl(S, 0, GETVAL)', returned('A', 4))
    expect(text).toContain('value = S = semget(IPC_PRIVATE, 1, 0600);')
    expect(text).toContain('setup(value >= 0, "step 1, A: S = semget(private, 1)", "A returns the id of S");')
    expect(text).toContain('expect(value == 0, "step 2, A: semctl(S, 0, GETVAL)", "A returns 0");')
    expect(text).not.toContain('turn(')
    expect(text.split('\n').length).toBeLessThan(80)
  })

  it('keeps variables apart from the words of C', () => {
    const text = program('stat = semget(private, 1)\nsemctl(stat, 0, GETVAL)', returned('A', 4))
    expect(text).toContain('value = s->stat = semget(IPC_PRIVATE, 1, 0600);')
  })

  it('gives turns to processes, and says who sleeps', () => {
    const text = program('S = semget(private, 1)\nB: semop(S, [0 -1])', returned('B', 0))
    expect(text).toContain('case 2: return semop(s->S, (struct sembuf[]){ { 0, -1, 0 } }, 1);')
    expect(text).toContain('step(2, B, "B: semop(S, [0 -1])");\n\texpect(sleeps(B), "B blocks");')
    expect(text.split('\n').length).toBeLessThan(185)
  })

  it('watches who ends only where that happens', () => {
    const text = program('S = semget(private, 1)\nB: semop(S, [0 -1])\nA: kill(B, SIGKILL)', returned('A', 0))
    expect(text).toContain('expect(returned(A, 0) && ended(B)')
    expect(program('S = semget(private, 1)\nB: semop(S, [0 -1])', returned('B', 0))).not.toContain('gone')
  })

  it('watches who stops and is born only where that happens', () => {
    const text = program('E = fork()\nA: kill(E, SIGSTOP)', returned('A', 0))
    expect(text).toContain('static _Noreturn void actor_E(void)')
    expect(text).toContain('STOPPED = 4')
  })

  it('lets a handler do nothing where nobody asks what it saw', () => {
    const scenario = 'B: sigaction(SIGUSR1, handler)\nA: kill(B, SIGUSR1)'
    expect(program(scenario, returned('A', -1, 1))).toContain('.sa_handler = do_nothing')
    expect(program(`${scenario}\nB: caught(SIGUSR1)`, returned('B', 0))).toContain(
      'set_action(SIGUSR1, NOTE, 0)',
    )
  })

  it('hands on the turn where nobody sleeps, and watches nobody', () => {
    const text = program(
      'S = semget(private, 1)\nB: semop(S, [0 +1])\nA: semctl(S, 0, GETVAL)',
      returned('A', 0),
    )
    expect(text).toContain('pass(B);\n\n\tturn(A);\n\tvalue = semctl(s->S, 0, GETVAL);')
    expect(text).toContain('expect(value == 1, "step 3, A: semctl(S, 0, GETVAL)", "A returns 1");')
    expect(text).not.toContain('/proc/')
    expect(text.split('\n').length).toBeLessThan(240)
  })

  it('waits for the end of a child as its parent', () => {
    const text = program(
      'S = semget(private, 1)\nE = fork()\nE: semop(S, [0 +1])\nE: _exit(0)\nA: semctl(S, 0, GETVAL)',
      returned('A', 0),
    )
    expect(text).toContain('await_end(E);\n\tvalue = semctl(')
    expect(text).not.toContain('/proc/')
  })

  it('makes children that do nothing but to end where it needs them', () => {
    const atOnce = program('E = fork()\nE: _exit(3)\nA: waitpid(E)', returned('A', -1, 10))
    expect(atOnce).toContain('value = pid_E = fork();\n\tif (value == 0)\n\t\t_exit(3);')
    expect(atOnce).toContain('await_end(pid_E);')
    const later = program(
      'E = fork()\nA: waitpid(E, WNOHANG)\nE: _exit(3)\nA: waitpid(E)',
      returned('A', -1, 10),
    )
    expect(later).toContain('pass(gate_E);\n\tawait_end(pid_E);')
    expect(program('E = fork()\nA: waitpid(E, WNOHANG)', returned('A', -1, 10))).toContain('\t\tstay();')
  })

  it('watches nobody where each call returns', () => {
    const text = program(
      'S = semget(private, 1)\nB: become(7077, own)\nB: semctl(S, 0, GETVAL)',
      returned('B', 0),
    )
    expect(text).toContain('while (s->of[who].done != number)')
    expect(text).not.toContain('/proc/')
  })

  it.each([
    ['B: getpgid(B)', returned('B', 7)],
    ['E = fork()\nE: F = fork()\nF: _exit(0)\nA: waitpid(E, WNOHANG)', returned('A', -1, 10)],
  ])('watches the processes where the first could not see to them: %s', (text, last) =>
    expect(program(text, last)).toContain('/proc/'))

  it('begins with the rule, the scenario, what was seen and what is allowed', () => {
    const text = program('S = semget(private, 1)\nsemctl(S, 0, GETVAL)', returned('A', 4))
    expect(text.split('*/')[0]).toMatchInlineSnapshot(`
      "/*
       * a.rule
       *
       * A sentence.
       *   A source
       *
       *   1.  A: S = semget(private, 1)
       *   2.  A: semctl(S, 0, GETVAL)
       *
       * Step 2 deviates on test (6.18.0, glibc 2.36, x86_64):
       *   seen:    A returns 4
       *   allowed: A returns 0
       *
       * Build: cc -std=c11 -o r r.c
       * Exit status: 0 as allowed, 1 deviates, 77 cannot be tried here.
       "
    `)
  })

  it('looks at that of the out data which deviates, and at no more', () => {
    const scenario = 'Q = msgget(private, 0600)\nmsgctl(Q, IPC_STAT)'
    const seen = [0, 1000, 1000, 1000, 1000, 0o600, 7, 0, 16384, 0, 0, 0, 0, 1_000_001]
    const text = program(scenario, { ...returned('A', 0), out: seen } as TraceEvent)
    expect(text).toContain('is(status2.msg_qnum, 0)')
    expect(text).not.toContain('status2.msg_qbytes')
  })

  it('accepts any of several allowed outcomes, and takes no other way than was recorded', () => {
    const sleepers = 'Q = msgget(private, 0600)\nB: msgrcv(Q, 9)\nC: msgrcv(Q, 9)\nmsgsnd(Q, 1, 1)'
    expect(program(sleepers)).toContain('expect(')
  })

  it('is not made of what one file cannot do', () => {
    expect(program('kill(-1, SIGKILL)')).toBe('a signal that reaches processes of others')
  })

  it.each([
    ['S = semget(private, 1)\nipcs(sem, S)', returned('A', 0), 'ipcs("-s", S, ipcs2)'],
    ['S = semget(private, 1)\nipcrm(sem, S)', returned('A', 1), 'ipcrm("-s", S)'],
    ['S = semget(key1, 1, IPC_CREAT)\nipcrm(sem, -1, key1)', returned('A', 1), 'ipcrm("-S", KEY(1))'],
    ['churn(msg, 3)', returned('A', -1, 28), 'churn_queues(3, &first1, &last1)'],
    ['become(own, own, {}, CAP_SYS_ADMIN)\nsetnextpid(B)', returned('A', -1, 1), 'enter_pid_namespace();'],
  ])('does itself what takes more than a call: %s', (text, last, words) =>
    expect(program(text, last)).toContain(words))

  it('looks at a message as a whole where all of it is expected', () => {
    const text = program('Q = msgget(private)\nmsgsnd(Q, 1, 3)\nmsgrcv(Q, 9)')
    expect(text).toContain('expect(value == 3 && is_message(&got3, 1, 97, 3),')
    expect(text).not.toContain('matched(')
  })

  it('looks at the units of processor time and memory', () => {
    const text = program('P = fork()\nP: burn(2)\nP: _exit(0)\nA: wait4(P)')
    expect(text).toContain('burn(2)')
    expect(text).toContain('is(time_units(&s->usage4), 2)')
  })

  it('tells who was caught apart in memory that is borrowed', () => {
    const scenario =
      'A: sigaction(SIGUSR1, handler)\nA: E = vfork()\nB: kill(A, SIGUSR1)\nE: _exit(0)\nA: caught(SIGUSR1)'
    expect(program(scenario)).toContain('&seen[me()][number]')
  })

  it('does not take what is attached already for what the system picks', () => {
    const scenario = 'M = shmget(private, 9)\nP = shmat(M)\nP2 = shmat(M)'
    expect(program(scenario)).toContain('value != address_of(P)')
  })

  it('accuses nobody where a privilege is missing', () => {
    const text = program('S = semget(private, 1)\nB: become(8, 8)\nB: semctl(S, 0, GETVAL)')
    expect(text).toContain('setup(returned(B, 0), "B returns 0");')
    expect(text).toContain('expect(failed(B, EACCES), "B returns -1 EACCES");')
  })

  it.each([
    ['sleepers', 'S = semget(private, 1)\nB: semop(S, [0 -1])'],
    ['actors', 'E = fork()\nA: kill(E, SIGSTOP)'],
  ])('leaves no processes behind where the main one is killed: %s', (_, text) =>
    expect(program(text)).toContain('prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL'))

  it('emits no helper that it does not use', () => {
    const text = program('S = semget(private, 1)\nsemctl(S, 0, GETVAL)', returned('A', 4))
    for (const [, name] of text.matchAll(/^static (?:_Noreturn )?[\w ]+?\*?(\w+)\(/gm))
      expect(text.split(new RegExp(`\\b${name}\\b`)).length, name).toBeGreaterThan(2)
  })
})

describe('every form', () => {
  it.each(
    formNames.filter((name) => !isPlain(name) && formOf(name).pseudo !== true),
  )('%s has an expression for its outputs', (name) => expect(outputsOf(name)).toEqual(told(name)))
})

const told = (name: FormName) =>
  formOf(name)
    .outputs.map((output) => output.name)
    .sort()

const outputsOf = (name: FormName) => {
  const call = Object.fromEntries([
    ['name', name],
    ['as', 'X'],
    ...formOf(name).arguments.map((argument) => [
      argument.name,
      argument.name === 'usage' ? 1 : samples[argument.kind],
    ]),
  ])
  return Object.keys(
    say(call as never, { number: 1, actor: 'A', scenario: { title: '', steps: [] }, clobbered: false }).out ??
      {},
  ).sort()
}

const samples = {
  ...{ int: 0, long: 0, flags: 0, signal: 17, id: 'S', key: 1, process: 'B', user: 'own' },
  ...{ address: { base: 'P', offset: 0 }, operations: [], values: [], timeout: 'none' },
}
