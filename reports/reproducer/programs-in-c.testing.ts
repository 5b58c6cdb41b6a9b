import { linux } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { accountOf } from '../../oracle/account.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { overlappingReproducer } from './overlapping/reproducer.ts'
import type { OverlappingAccount } from './overlapping/story.ts'
import { observed } from './overlapping/story.ts'
import { reproducer } from './reproducer.ts'

const header = aHeader()

const optionsOf = (name: string, ktap: boolean) => ({
  ...{ rule: name, clause: undefined, profile: linux, file: `${name}.c`, ktap },
})

/** Scenarios by what their programs take, one for each form of a program and each kind of call. */
const scenarios: Readonly<Record<string, string>> = {
  'alone-semaphores':
    'S = semget(private, 3); semctl(S, 0, SETALL, {1 0 2}); semctl(S, 0, GETALL); semctl(S, 0, IPC_STAT)',
  'alone-messages': 'Q = msgget(private); msgsnd(Q, 1, 8); msgrcv(Q, 8); msgctl(Q, IPC_STAT)',
  'alone-memory': 'M = shmget(key1, 100, IPC_CREAT|0600); X = shmat(M); store(X, 1); load(X); shmdt(X)',
  'alone-children': 'E = fork(); A: waitpid(E, WNOHANG); E: _exit(3); A: waitpid(E)',
  'turns-of-two': 'S = semget(private, 1); B: semop(S, [0 +1]); A: semctl(S, 0, GETVAL)',
  'turns-of-a-child':
    'M = shmget(private, 100); X = shmat(M); E = fork(); E: store(X, 7); E: _exit(0); A: load(X)',
  'sleepers-woken': 'Q = msgget(private); B: msgrcv(Q, 100); C: msgrcv(Q, 100); A: msgsnd(Q, 1, 3)',
  'sleepers-timed': 'S = semget(private, 1); B: semtimedop(S, [0 -1], {0 30000000}); B: expires',
  'sleepers-killed': 'S = semget(private, 1); B: semop(S, [0 -1]); A: kill(B, SIGKILL)',
  'sleepers-become': 'S = semget(private, 1); B: become(7077, own); A: semctl(S, 0, GETVAL)',
  'actors-signalled': 'sigaction(SIGUSR1, handler); E = fork(); kill(E, SIGUSR1); E: caught(SIGUSR1)',
  'actors-stopped': 'E = fork(); A: kill(E, SIGSTOP); A: waitpid(E, WUNTRACED)',
  'actors-run-again': 'E = fork(); E: exec(); A: setpgid(E, E); E: setpgid(0, 0)',
  'actors-borrow': 'E = vfork(); E: _exit(3); A: wait()',
  'actors-threads': 'P = fork(); P: T = thread(); P: E = fork(); P: wait(); E: _exit(1)',
}

/** Overlapping calls, and the first and the last of them. */
const overlapping: Readonly<Record<string, readonly [string, number, number]>> = {
  'overlapping-semaphores': [
    'S = semget(private, 1); A: semop(S, [0 +1]); B: semop(S, [0 -1]); A: semctl(S, 0, GETALL)',
    ...([1, 3] as const),
  ],
  'overlapping-messages': [
    'Q = msgget(private); A: msgsnd(Q, 1, 4); B: msgrcv(Q, 64); A: msgctl(Q, IPC_STAT)',
    ...([1, 3] as const),
  ],
}

const allowed: Readonly<Record<string, OverlappingAccount['allowed']>> = {
  'overlapping-semaphores': [['0', '0', '0 values=0']],
  'overlapping-messages': [['0', '4 type=1 fill=97', '0 qnum=0 cbytes=0']],
}

/** Programs of every form, by name; all conform on Linux. */
export function programsInC(ktap = false): readonly { readonly name: string; readonly text: string }[] {
  const stepped = Object.entries(scenarios).map(([name, steps]) => {
    const { scenario } = parseScenario(steps.replaceAll('; ', '\n'))
    const account = accountOf(simulate(scenario, header, linux), header, linux)
    return { name, made: reproducer(account, optionsOf(name, ktap)) }
  })
  const timed = Object.entries(overlapping).map(([name, [steps, first, last]]) => {
    const program = observed({ scenario: parseScenario(steps.replaceAll('; ', '\n')).scenario, first, last })
    const account = { program, header, allowed: allowed[name] ?? [], seen: null, forbidden: null }
    return { name, made: overlappingReproducer(account, optionsOf(name, ktap)) }
  })
  return [...stepped, ...timed].map(({ name, made }) => {
    if ('obstacle' in made) throw new Error(`${name}: ${made.obstacle}`)
    return { name, text: made.text }
  })
}
