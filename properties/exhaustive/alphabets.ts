import type { Alphabet } from './alphabet.ts'

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
    'D: semctl(S, 0, IPC_STAT)',
    'D: semctl(S, 0, GETNCNT)',
    'D: semctl(S, 0, GETZCNT)',
    'D: semctl(S, 0, GETPID)',
    'D: semctl(S, 1, GETPID)',
  ],
  length: 4,
}

/** What interrupts those who sleep, and what leads to its handler. */
const signals = ['kill(?other, SIGUSR1)', 'kill(?other, SIGSTOP)', 'kill(?other, SIGCONT)']
const handled = 'each: sigaction(SIGUSR1, handler)'

const interruptedSemaphores: Alphabet = {
  ...semaphores,
  scene: ' on 1 set of 2 semaphores, with signals',
  prelude: [...semaphores.prelude, handled],
  calls: [
    'semop(S, [0 -1, 1 +1])',
    'semop(S, [1 +1 SEM_UNDO, 0 -1 SEM_UNDO])',
    'semop(S, [0 +1])',
    'semop(S, [1 0])',
    ...signals,
  ],
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

const interruptedMessages: Alphabet = {
  ...messages,
  scene: ' on 1 queue that holds 2 bytes, with signals',
  prelude: [...messages.prelude, handled],
  calls: ['msgsnd(Q, 1, 2)', 'msgsnd(Q, 2, 1)', 'msgrcv(Q, 2, 0)', 'msgrcv(Q, 1, 2)', ...signals],
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

const waiting: Alphabet = {
  family: 'processes',
  scene: ': ends, stops and waits',
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
    'waitid(P_ALL, 0, WEXITED|WSTOPPED|WNOWAIT)',
    'sigaction(SIGCHLD, handler)',
  ],
  looks: [
    'each: waitpid(-1, WNOHANG|WUNTRACED|WCONTINUED)',
    'each: waitpid(-1, WNOHANG|WUNTRACED|WCONTINUED)',
    'each: caught(SIGCHLD)',
    'each: getppid()',
    'D: kill(?process, 0)',
  ],
  length: 4,
}

const kin: Alphabet = {
  ...waiting,
  scene: ': groups, orphans and children that nobody waits for',
  calls: [
    'E = fork()',
    '_exit(3)',
    'kill(?process, SIGKILL)',
    'kill(0, SIGTSTP)',
    'wait()',
    'waitpid(0, WUNTRACED)',
    'waitpid(?process, WNOHANG|WUNTRACED)',
    'setpgid(?process, 0)',
    'setpgid(?process, E)',
    'setsid()',
    'sigaction(SIGCHLD, SIG_IGN)',
    'sigaction(SIGCHLD, handler, SA_NOCLDWAIT|SA_NOCLDSTOP)',
    'prctl(PR_SET_CHILD_SUBREAPER, 1)',
  ],
  looks: [
    'each: waitpid(-1, WNOHANG|WUNTRACED)',
    'each: waitpid(-1, WNOHANG|WUNTRACED)',
    'each: caught(SIGCHLD)',
    'each: getppid()',
    'D: getpgid(?process)',
  ],
  length: 3,
}

/** The scopes of the families. */
export const alphabets: readonly Alphabet[] = [
  semaphores,
  interruptedSemaphores,
  messages,
  interruptedMessages,
  sharedMemory,
  waiting,
  kin,
]
