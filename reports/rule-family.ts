/** The family that a rule is reported under, by how its id begins; rules of every IPC object are `common`. */
export function ruleFamily(rule: string): string {
  const family = Object.entries(beginnings).find(([, words]) =>
    words.some((word) => rule.startsWith(`${word}.`)),
  )
  return family?.[0] ?? 'processes'
}

const beginnings: Readonly<Record<string, readonly string[]>> = {
  semaphores: ['semget', 'semop', 'semtimedop', 'semctl', 'sem', 'cnt', 'undo'],
  messages: ['msgget', 'msgsnd', 'msgrcv', 'msgctl', 'msg', 'snd', 'rcv', 'copy'],
  'shared-memory': [
    ...['shmget', 'shmat', 'shmdt', 'shmctl', 'shm', 'access', 'load', 'store'],
    ...[
      'fork.attachments',
      'exec.attachments',
      'exec.failed',
      'exit.attachments',
      'exit.creator',
      'exit.dest',
    ],
  ],
  common: ['get', 'id', 'ipcset', 'ipcstat', 'limit', 'ns', 'perm', 'rmid', 'vis', 'ftok'],
}
