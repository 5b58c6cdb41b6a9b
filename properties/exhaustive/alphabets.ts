import type { Family } from '../../model/vocabulary/shape.ts'

/** A small scope: all programs that can be made of these calls. */
export interface Alphabet {
  readonly family: Family
  /** The scope in words, after "by N actors" */
  readonly scene: string
  /** Root actors that play. They are interchangeable: the first to be named is always the first of these. */
  readonly actors: readonly string[]
  /** Interchangeable objects that the prelude makes; what `?object` stands for. */
  readonly objects: readonly string[]
  /** Steps before each program. The bystander D takes part in nothing else, so that it can always look. */
  readonly prelude: readonly string[]
  /**
   * Calls that each actor may make whenever it is able to. `?process` stands for each process of the program, `?other`
   * for those but the caller, `?object` for each object, `?attachment` for each attachment of the caller. A variable
   * that a call makes is numbered: P, P2, P3, …; those of forked processes are E, E2, …
   */
  readonly calls: readonly string[]
  /** Most processes that are forked, in the prelude too. */
  readonly forks: number
  /** Calls after each program: by D, or (`each`) by each actor that is able to. */
  readonly looks: readonly string[]
  /** Calls of the longest programs, unless something else is asked for. */
  readonly length: number
}

const semaphores: Alphabet = {
  family: 'semaphores',
  scene: ' on 1 set of 2 semaphores',
  actors: ['A', 'B', 'C'],
  objects: ['S'],
  forks: 0,
  prelude: ['D: S = semget(private, 2)'],
  calls: [
    'semop(S, [0 -1])',
    'semop(S, [0 +1])',
    'semop(S, [0 +2])',
    'semop(S, [0 0])',
    'semop(S, [0 -1, 1 +1])',
    'semop(S, [1 0, 0 -1 SEM_UNDO])',
    'semop(S, [1 +1 SEM_UNDO])',
    'semop(S, [1 -1 SEM_UNDO, 0 0 IPC_NOWAIT])',
    'semctl(S, 0, SETVAL, 1)',
    'semctl(S, 0, SETALL, {0 1})',
    'semctl(S, 0, IPC_RMID)',
    'kill(?other, SIGKILL)',
  ],
  looks: [
    'D: semctl(S, 0, GETALL)',
    'D: semctl(S, 0, GETNCNT)',
    'D: semctl(S, 0, GETZCNT)',
    'D: semctl(S, 0, GETPID)',
    'D: semctl(S, 1, GETPID)',
  ],
  length: 4,
}

const messages: Alphabet = {
  family: 'messages',
  scene: ' on 1 queue that holds 2 bytes',
  actors: ['A', 'B', 'C'],
  objects: ['Q'],
  forks: 0,
  prelude: ['D: Q = msgget(private)', 'D: msgctl(Q, IPC_SET, own, own, 0600, 2)'],
  calls: [
    'msgsnd(Q, 1, 1)',
    'msgsnd(Q, 2, 2)',
    'msgsnd(Q, 3, 0)',
    'msgsnd(Q, 1, 2, 98, IPC_NOWAIT)',
    'msgrcv(Q, 2, 0)',
    'msgrcv(Q, 1, 0)',
    'msgrcv(Q, 1, 2, MSG_NOERROR)',
    'msgrcv(Q, 2, -2)',
    'msgrcv(Q, 2, 1, MSG_EXCEPT)',
    'msgctl(Q, IPC_SET, own, own, 0600, 3)',
    'msgctl(Q, IPC_RMID)',
    'kill(?other, SIGKILL)',
  ],
  looks: [
    'D: msgctl(Q, IPC_STAT)',
    'D: msgrcv(Q, 9, 0, IPC_NOWAIT)',
    'D: msgrcv(Q, 9, 0, IPC_NOWAIT)',
    'D: msgrcv(Q, 9, 0, IPC_NOWAIT)',
  ],
  length: 4,
}

const sharedMemory: Alphabet = {
  family: 'shared-memory',
  scene: ' on 2 segments of 1 page',
  actors: ['A', 'B'],
  objects: ['M', 'N'],
  forks: 1,
  prelude: ['D: M = shmget(private, 100)', 'D: N = shmget(private, 100)'],
  calls: [
    'P = shmat(?object)',
    'P = shmat(?object, arena, SHM_RDONLY)',
    'P = shmat(?object, arena, SHM_REMAP)',
    'shmdt(?attachment)',
    'store(?attachment, 7)',
    'shmctl(?object, IPC_RMID)',
    'shmctl(?object, IPC_SET, own, own, 0400)',
    'E = fork()',
    'exec(self)',
    '_exit(0)',
    'kill(?other, SIGKILL)',
  ],
  looks: ['D: shmctl(?object, IPC_STAT)', 'each: load(?attachment)'],
  length: 4,
}

const processes: Alphabet = {
  family: 'processes',
  scene: '',
  actors: ['A'],
  objects: [],
  forks: 2,
  prelude: ['A: E = fork()'],
  calls: [
    'E = fork()',
    '_exit(3)',
    'kill(?process, SIGKILL)',
    'kill(?process, SIGSTOP)',
    'kill(?process, SIGCONT)',
    'wait()',
    'waitpid(-1, WNOHANG|WUNTRACED|WCONTINUED)',
    'waitpid(0, WUNTRACED)',
    'waitid(P_ALL, 0, WEXITED|WNOWAIT)',
    'sigaction(SIGCHLD, handler)',
    'sigaction(SIGCHLD, SIG_IGN)',
    'setpgid(0, 0)',
    'prctl(PR_SET_CHILD_SUBREAPER, 1)',
  ],
  looks: [
    'each: waitpid(-1, WNOHANG|WUNTRACED|WCONTINUED)',
    'each: waitpid(-1, WNOHANG|WUNTRACED|WCONTINUED)',
    'each: caught(SIGCHLD)',
    'each: getppid()',
    'D: getpgid(?process)',
  ],
  length: 3,
}

/** The scope of each family. */
export const alphabets: readonly Alphabet[] = [semaphores, messages, sharedMemory, processes]
