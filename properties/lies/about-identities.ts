import { type Lie, liesIn } from './lie.ts'

const permissions = liesIn('permissions.c', ['semaphores', 'messages', 'shared-memory'], {
  'sem-rmid-stranger-ignored': {
    breaks: 'a stranger is told that it removed a set',
    rules: 'perm.set-rmid perm.sys-admin-not-data',
    witness: 'S = semget(private, 1); B: become(8, 8); B: semctl(S, 0, IPC_RMID)',
  },
  'sem-set-stranger-ignored': {
    breaks: 'a stranger is told that it changed a set',
    rules: 'perm.set-rmid perm.set.owner-can-give-away',
    witness: 'S = semget(private, 1); B: become(8, 8); B: semctl(S, 0, IPC_SET, own, own, 0600)',
  },
  'sem-rmid-stranger-eacces': {
    breaks: 'a stranger that removes a set gets EACCES',
    rules: 'perm.set-rmid',
    witness: 'S = semget(private, 1); B: become(8, 8); B: semctl(S, 0, IPC_RMID)',
  },
  'semget-stranger-let-in': {
    breaks: 'semget checks no permission',
    rules: 'get.perm-check get.exec-bits-count perm.checked-per-call',
    witness: 'S = semget(key1, 1, IPC_CREAT | 0600); B: become(8, 8); B: X = semget(key1, 1, 0400)',
  },
  'semget-permission-before-size': {
    breaks: 'a missing permission is complained about before a size that is too large',
    rules: 'semget.existing.too-big-vs-perm semget.existing.too-big get.perm-check',
    witness: 'S = semget(key1, 1, IPC_CREAT | 0600); B: become(8, 8); B: X = semget(key1, 2, 0400)',
  },
  'sem-root-reads-all': {
    breaks: 'user id 0 reads whatever the mode',
    rules:
      'perm.read perm.cap-ipc-owner perm.class.owner perm.class.other perm.class.group perm.checked-per-call',
    witness: 'S = semget(private, 1, 0); semctl(S, 0, GETVAL)',
  },
  'sem-group-is-other': {
    breaks: 'members of the group have the bits of everybody else',
    rules: 'perm.class.group perm.cap-ipc-owner',
    witness:
      'S = semget(private, 1, 0640); semctl(S, 0, IPC_SET, own, 7, 0640); B: become(8, 7); B: semctl(S, 0, GETVAL)',
  },
  'sem-real-user-counts': {
    breaks: 'the real user id makes an owner',
    rules: 'perm.euid-not-ruid',
    witness: 'B: become(7, 7); B: S = semget(private, 1); D: become(7, 8, {}, 0, 8); D: semctl(S, 0, GETVAL)',
  },
  'sem-capability-ignored': {
    breaks: 'CAP_IPC_OWNER does not help where the mode is 0',
    rules: 'perm.cap-ipc-owner',
    witness: 'S = semget(private, 1, 0); B: become(8, 8, {}, CAP_IPC_OWNER); B: semctl(S, 0, GETVAL)',
  },
  'semget-real-user-owns': {
    breaks: 'the creator of a set is the real user',
    rules: 'get.ids-are-euid-egid semctl.stat semget.init',
    witness: 'B: become(7, 7, {}, 0, 8); B: S = semget(private, 1); B: semctl(S, 0, IPC_STAT)',
  },
  'msg-rmid-stranger-ignored': {
    breaks: 'a stranger is told that it removed a queue',
    rules: 'perm.set-rmid',
    witness: 'Q = msgget(private); B: become(8, 8); B: msgctl(Q, IPC_RMID)',
  },
  'msgsnd-stranger-dropped': {
    breaks: 'a message that may not be sent is dropped in silence',
    rules: 'msgsnd.eacces perm.alter snd.perm-rechecked perm.class.owner perm.checked-per-call',
    witness: 'Q = msgget(private); B: become(8, 8); B: msgsnd(Q, 1, 3)',
  },
  'msgrcv-stranger-enomsg': {
    breaks: 'a stranger finds no message instead of no permission',
    rules: 'msgrcv.eacces perm.read rcv.perm-rechecked perm.class.owner perm.checked-per-call',
    witness: 'Q = msgget(private); B: become(8, 8); B: msgrcv(Q, 10)',
  },
  'shm-rmid-stranger-ignored': {
    breaks: 'a stranger is told that it removed a segment',
    rules: 'shmctl.rmid.not-owner-eperm',
    witness: 'M = shmget(private, 1); B: become(8, 8); B: shmctl(M, IPC_RMID)',
  },
  'shm-set-stranger-eacces': {
    breaks: 'a stranger that changes a segment gets EACCES',
    rules: 'shmctl.set.not-owner-eperm',
    witness: 'M = shmget(private, 1); B: become(8, 8); B: shmctl(M, IPC_SET, own, own, 0600)',
  },
  'shm-lock-stranger-ignored': {
    breaks: 'everybody may lock and unlock',
    rules: 'shmctl.lock.stranger-eperm',
    witness: 'M = shmget(private, 1, 0666); B: become(8, 8); B: shmctl(M, SHM_LOCK)',
  },
  'shmget-stranger-let-in': {
    breaks: 'shmget checks no permission',
    rules: 'shmget.existing.bits-folded get.exec-bits-count get.perm-check',
    witness: 'M = shmget(key1, 1, IPC_CREAT | 0600); B: become(8, 8); B: X = shmget(key1, 1, 0400)',
  },
})

const slots = liesIn('slots.c', ['semaphores', 'messages', 'shared-memory'], {
  'sem-info-one-too-many': {
    breaks: 'SEM_INFO counts a set too many',
    rules: 'semctl.sem_info',
    witness: 'semctl(0, 0, SEM_INFO)',
  },
  'sem-info-counts-sets': {
    breaks: 'SEM_INFO counts sets where it should count semaphores',
    rules: 'semctl.sem_info',
    witness: 'S = semget(private, 3); semctl(0, 0, SEM_INFO)',
  },
  'sem-info-returns-zero': {
    breaks: 'SEM_INFO returns 0 whatever the highest slot',
    rules: 'vis.info-return semctl.sem_info',
    witness: 'S = semget(private, 1); T = semget(private, 1); semctl(0, 0, SEM_INFO)',
  },
  'sem-stat-returns-slot': {
    breaks: 'SEM_STAT returns the slot',
    rules: 'vis.stat-index semctl.sem_stat',
    witness: 'churn(sem, 64); S = semget(private, 1); semctl(S, 0, SEM_STAT, slot)',
  },
  'sem-stat-any-checks': {
    breaks: 'SEM_STAT_ANY needs read permission',
    rules: 'vis.stat-any semctl.sem_stat',
    witness: 'S = semget(private, 1, 0); semctl(S, 0, SEM_STAT_ANY, slot)',
  },
  'sem-stat-free-enoent': {
    breaks: 'a free slot is ENOENT',
    rules: 'vis.stat-index-free',
    witness: 'semctl(31999, 0, SEM_STAT, slot)',
  },
  'msg-info-no-bytes': {
    breaks: 'MSG_INFO counts no bytes',
    rules: 'msgctl.msg_info',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 3); msgctl(0, MSG_INFO)',
  },
  'msg-stat-returns-zero': {
    breaks: 'MSG_STAT returns 0',
    rules: 'vis.stat-index msgctl.msg_stat',
    witness: 'Q = msgget(private); R = msgget(private); msgctl(R, MSG_STAT, slot)',
  },
  'shm-stat-unknown': {
    breaks: 'there is no SHM_STAT',
    rules: 'shmctl.shmstat.index-to-id shmctl.shmstat.needs-read shmctl.shmstat.index-masked',
    witness: 'M = shmget(private, 1); shmctl(M, SHM_STAT, slot)',
  },
  'shm-stat-any-checks': {
    breaks: 'SHM_STAT_ANY needs read permission',
    rules: 'shmctl.shmstatany.no-permission shmctl.shmstat.index-to-id',
    witness: 'M = shmget(private, 1, 0); shmctl(M, SHM_STAT_ANY, slot)',
  },
  'shm-info-half-the-pages': {
    breaks: 'SHM_INFO tells half of the pages',
    rules: 'shmctl.shminfo.totals',
    witness: 'M = shmget(private, 1); shmctl(0, SHM_INFO)',
  },
  'msg-copy-takes': {
    breaks: 'MSG_COPY takes the message off the queue',
    rules: 'copy.index copy.no-stats msgctl.stat msgrcv.enomsg msgrcv.select.zero msgrcv.return msgrcv.ok',
    witness:
      'Q = msgget(private); msgsnd(Q, 1, 3); msgrcv(Q, 10, 0, IPC_NOWAIT | MSG_COPY); msgctl(Q, IPC_STAT)',
  },
  'msg-copy-from-one': {
    breaks: 'positions are counted from 1',
    rules: 'copy.index',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 3); msgrcv(Q, 10, 0, IPC_NOWAIT | MSG_COPY)',
  },
  'msg-copy-without-nowait': {
    breaks: 'MSG_COPY does not need IPC_NOWAIT',
    rules: 'copy.needs-nowait',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 3); msgrcv(Q, 10, 0, MSG_COPY)',
  },
  'msg-copy-noerror-e2big': {
    breaks: 'a copy that is too long is E2BIG with MSG_NOERROR, too',
    rules: 'copy.noerror-einval',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 3); msgrcv(Q, 2, 0, IPC_NOWAIT | MSG_COPY | MSG_NOERROR)',
  },
})

const senders = liesIn('senders.c', ['processes'], {
  'kill-stranger-ignored': {
    breaks: 'a signal to somebody else is lost in silence',
    rules: 'kill.permission.eperm kill.permission.sigcont kill.zero.tests kill.sends',
    witness: 'B: become(7, 7); B: kill(A, SIGUSR1)',
  },
  'kill-stranger-esrch': {
    breaks: 'somebody else’s process is not there',
    rules: 'kill.permission.eperm',
    witness: 'B: become(7, 7); B: kill(A, SIGUSR1)',
  },
  'waitid-parents-user': {
    breaks: 'si_uid is the user of the parent',
    rules: 'waitpid.credentials.irrelevant waitid.end.fields',
    witness: 'A: X = fork(); X: become(7, 7); X: _exit(3); A: waitid(P_ALL, 0, WEXITED)',
  },
})

export const aboutIdentities: readonly Lie[] = [...permissions, ...slots, ...senders]
