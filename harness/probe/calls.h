/* The performers, one for each form. */
#ifndef CALLS_H
#define CALLS_H

#include "call.h"

#include <sys/ipc.h>
#include <sys/sem.h>

/* calls_semaphores.c */
void call_semget(struct call *call);
void call_semop(struct call *call);
void call_semtimedop(struct call *call);
void call_semctl_stat(struct call *call);
void call_semctl_set(struct call *call);
void call_semctl_remove(struct call *call);
void call_semctl_getall(struct call *call);
void call_semctl_setall(struct call *call);
void call_semctl_getval(struct call *call);
void call_semctl_getpid(struct call *call);
void call_semctl_getncnt(struct call *call);
void call_semctl_getzcnt(struct call *call);
void call_semctl_setval(struct call *call);
void call_semctl_sem_stat(struct call *call);
void call_semctl_sem_stat_any(struct call *call);
void call_semctl_ipc_info(struct call *call);
void call_semctl_sem_info(struct call *call);
void call_semctl_other(struct call *call);

/* calls_messages.c */
void call_msgget(struct call *call);
void call_msgsnd(struct call *call);
void call_msgrcv(struct call *call);
void call_msgctl_stat(struct call *call);
void call_msgctl_set(struct call *call);
void call_msgctl_remove(struct call *call);
void call_msgctl_msg_stat(struct call *call);
void call_msgctl_msg_stat_any(struct call *call);
void call_msgctl_ipc_info(struct call *call);
void call_msgctl_msg_info(struct call *call);
void call_msgctl_other(struct call *call);

/* calls_memory.c */
void call_shmget(struct call *call);
void call_shmat(struct call *call);
void call_shmdt(struct call *call);
void call_load(struct call *call);
void call_store(struct call *call);
void call_shmctl_stat(struct call *call);
void call_shmctl_set(struct call *call);
void call_shmctl_remove(struct call *call);
void call_shmctl_lock(struct call *call);
void call_shmctl_unlock(struct call *call);
void call_shmctl_shm_stat(struct call *call);
void call_shmctl_shm_stat_any(struct call *call);
void call_shmctl_ipc_info(struct call *call);
void call_shmctl_shm_info(struct call *call);
void call_shmctl_other(struct call *call);

/* calls_processes.c */
void call_fork(struct call *call);
void call_exec(struct call *call);
void call_exit(struct call *call);
void call_kill(struct call *call);
void call_setpgid(struct call *call);
void call_getpgid(struct call *call);
void call_getppid(struct call *call);
void call_setsid(struct call *call);
void call_subreaper(struct call *call);
void call_pidfd_open(struct call *call);

/* calls_wait.c */
void call_wait(struct call *call);
void call_waitpid(struct call *call);
void call_wait4(struct call *call);
void call_waitid(struct call *call);

/* calls_signals.c */
void call_sigaction(struct call *call);
void call_sigprocmask_block(struct call *call);
void call_sigprocmask_unblock(struct call *call);
void call_sigpending(struct call *call);
void call_caught(struct call *call);

/* calls_identity.c */
void call_become(struct call *call);

/* calls_limits.c */
void call_setlimit(struct call *call);
void call_setrlimit(struct call *call);
/* calls_mappings.c */
void call_munmap(struct call *call);
void call_mprotect(struct call *call);
void call_dont_fork(struct call *call);
void call_mmap(struct call *call);
void call_mremap(struct call *call);
void call_read(struct call *call);
void call_run(struct call *call);

/* calls_bad.c */
void call_bad_semop(struct call *call);
void call_bad_semtimedop(struct call *call);
void call_bad_semctl(struct call *call);
void call_bad_msgctl(struct call *call);
void call_bad_shmctl(struct call *call);
void call_bad_msgsnd(struct call *call);
void call_bad_msgrcv(struct call *call);
void call_wide_semop(struct call *call);

/* calls_clone.c */
void call_clone(struct call *call);
void call_vfork(struct call *call);
void call_unshare(struct call *call);
void call_death_signal(struct call *call);

/* calls_threads.c */
void call_thread(struct call *call);
void call_thread_exit(struct call *call);

/* calls_macros.c */
void call_macros(struct call *call);

/* calls_inside.c */
void call_inside(struct call *call);

/* calls_programs.c */
void call_ipcs_sem(struct call *call);
void call_ipcs_msg(struct call *call);
void call_ipcs_shm(struct call *call);
void call_ipcrm_sem(struct call *call);
void call_ipcrm_msg(struct call *call);
void call_ipcrm_shm(struct call *call);

/* calls_usage.c */
void call_burn(struct call *call);
void call_fill(struct call *call);
void call_getrusage(struct call *call);

/* calls_listing.c */
void call_sysvipc_sem(struct call *call);
void call_sysvipc_msg(struct call *call);
void call_sysvipc_shm(struct call *call);

/* calls_ftok.c */
void call_ftok(struct call *call);

/* calls_settings.c */
void call_setforced(struct call *call);
void call_setnextid(struct call *call);
void call_getnextid(struct call *call);
void call_setnextpid(struct call *call);

/* calls_churn.c */
void call_churn(struct call *call);

/* calls_many.c */
void call_many_shmat(struct call *call);

/* The array of a semop; returns how many operations were taken into it. */
extern _Thread_local struct sembuf operations[OPERATIONS_MAX];
size_t take_operations(struct call *call);

/* What all IPC_STAT and IPC_SET calls have in common. */
void put_permissions(struct call *call, const struct ipc_perm *permissions);
void take_permissions(struct call *call, struct ipc_perm *permissions);

#endif
