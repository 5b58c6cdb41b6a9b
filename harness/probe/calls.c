#include "calls.h"

#include "forms.h"

static const performer performers[FORM_COUNT] = {
	[FORM_SEMGET] = call_semget,
	[FORM_SEMOP] = call_semop,
	[FORM_SEMTIMEDOP] = call_semtimedop,
	[FORM_SEMCTL_IPC_STAT] = call_semctl_stat,
	[FORM_SEMCTL_IPC_SET] = call_semctl_set,
	[FORM_SEMCTL_IPC_RMID] = call_semctl_remove,
	[FORM_SEMCTL_GETALL] = call_semctl_getall,
	[FORM_SEMCTL_SETALL] = call_semctl_setall,
	[FORM_SEMCTL_GETVAL] = call_semctl_getval,
	[FORM_SEMCTL_GETPID] = call_semctl_getpid,
	[FORM_SEMCTL_GETNCNT] = call_semctl_getncnt,
	[FORM_SEMCTL_GETZCNT] = call_semctl_getzcnt,
	[FORM_SEMCTL_SETVAL] = call_semctl_setval,
	[FORM_SEMCTL_SEM_STAT] = call_semctl_sem_stat,
	[FORM_SEMCTL_SEM_STAT_ANY] = call_semctl_sem_stat_any,
	[FORM_SEMCTL_IPC_INFO] = call_semctl_ipc_info,
	[FORM_SEMCTL_SEM_INFO] = call_semctl_sem_info,
	[FORM_SEMCTL_OTHER] = call_semctl_other,
	[FORM_MSGGET] = call_msgget,
	[FORM_MSGSND] = call_msgsnd,
	[FORM_MSGRCV] = call_msgrcv,
	[FORM_MSGCTL_IPC_STAT] = call_msgctl_stat,
	[FORM_MSGCTL_IPC_SET] = call_msgctl_set,
	[FORM_MSGCTL_IPC_RMID] = call_msgctl_remove,
	[FORM_MSGCTL_MSG_STAT] = call_msgctl_msg_stat,
	[FORM_MSGCTL_MSG_STAT_ANY] = call_msgctl_msg_stat_any,
	[FORM_MSGCTL_IPC_INFO] = call_msgctl_ipc_info,
	[FORM_MSGCTL_MSG_INFO] = call_msgctl_msg_info,
	[FORM_MSGCTL_OTHER] = call_msgctl_other,
	[FORM_SHMGET] = call_shmget,
	[FORM_SHMAT] = call_shmat,
	[FORM_SHMDT] = call_shmdt,
	[FORM_MANY_SHMAT] = call_many_shmat,
	[FORM_LOAD] = call_load,
	[FORM_STORE] = call_store,
	[FORM_SHMCTL_IPC_STAT] = call_shmctl_stat,
	[FORM_SHMCTL_IPC_SET] = call_shmctl_set,
	[FORM_SHMCTL_IPC_RMID] = call_shmctl_remove,
	[FORM_SHMCTL_SHM_LOCK] = call_shmctl_lock,
	[FORM_SHMCTL_SHM_UNLOCK] = call_shmctl_unlock,
	[FORM_SHMCTL_SHM_STAT] = call_shmctl_shm_stat,
	[FORM_SHMCTL_SHM_STAT_ANY] = call_shmctl_shm_stat_any,
	[FORM_SHMCTL_IPC_INFO] = call_shmctl_ipc_info,
	[FORM_SHMCTL_SHM_INFO] = call_shmctl_shm_info,
	[FORM_SHMCTL_OTHER] = call_shmctl_other,
	[FORM_FORK] = call_fork,
	[FORM_EXEC] = call_exec,
	[FORM__EXIT] = call_exit,
	[FORM_KILL] = call_kill,
	[FORM_WAIT] = call_wait,
	[FORM_WAITPID] = call_waitpid,
	[FORM_WAIT4] = call_wait4,
	[FORM_WAITID] = call_waitid,
	[FORM_SETPGID] = call_setpgid,
	[FORM_GETPGID] = call_getpgid,
	[FORM_GETPPID] = call_getppid,
	[FORM_SETSID] = call_setsid,
	[FORM_SIGACTION] = call_sigaction,
	[FORM_SIGPROCMASK_SIG_BLOCK] = call_sigprocmask_block,
	[FORM_SIGPROCMASK_SIG_UNBLOCK] = call_sigprocmask_unblock,
	[FORM_SIGPENDING] = call_sigpending,
	[FORM_CAUGHT] = call_caught,
	[FORM_PRCTL_PR_SET_CHILD_SUBREAPER] = call_subreaper,
	[FORM_PIDFD_OPEN] = call_pidfd_open,
	[FORM_BECOME] = call_become,
	[FORM_SETLIMIT] = call_setlimit,
	[FORM_SETRLIMIT] = call_setrlimit,
	[FORM_BAD_SEMOP] = call_bad_semop,
	[FORM_BAD_SEMTIMEDOP] = call_bad_semtimedop,
	[FORM_BAD_SEMCTL] = call_bad_semctl,
	[FORM_BAD_MSGCTL] = call_bad_msgctl,
	[FORM_BAD_SHMCTL] = call_bad_shmctl,
	[FORM_BAD_MSGSND] = call_bad_msgsnd,
	[FORM_BAD_MSGRCV] = call_bad_msgrcv,
	[FORM_WIDE_SEMOP] = call_wide_semop,
	[FORM_MUNMAP] = call_munmap,
	[FORM_MPROTECT] = call_mprotect,
	[FORM_MADVISE_MADV_DONTFORK] = call_dont_fork,
	[FORM_MMAP] = call_mmap,
	[FORM_MREMAP] = call_mremap,
	[FORM_READ] = call_read,
	[FORM_RUN] = call_run,
	[FORM_CLONE] = call_clone,
	[FORM_VFORK] = call_vfork,
	[FORM_INSIDE] = call_inside,
	[FORM_UNSHARE] = call_unshare,
	[FORM_PRCTL_PR_SET_PDEATHSIG] = call_death_signal,
	[FORM_THREAD] = call_thread,
	[FORM_THREAD_EXIT] = call_thread_exit,
	[FORM_MACROS] = call_macros,
	[FORM_BURN] = call_burn,
	[FORM_FILL] = call_fill,
	[FORM_GETRUSAGE] = call_getrusage,
	[FORM_IPCS_SEM] = call_ipcs_sem,
	[FORM_IPCS_MSG] = call_ipcs_msg,
	[FORM_IPCS_SHM] = call_ipcs_shm,
	[FORM_IPCRM_SEM] = call_ipcrm_sem,
	[FORM_IPCRM_MSG] = call_ipcrm_msg,
	[FORM_IPCRM_SHM] = call_ipcrm_shm,
	[FORM_SYSVIPC_SEM] = call_sysvipc_sem,
	[FORM_SYSVIPC_MSG] = call_sysvipc_msg,
	[FORM_SYSVIPC_SHM] = call_sysvipc_shm,
	[FORM_FTOK] = call_ftok,
	[FORM_SETFORCED] = call_setforced,
	[FORM_SETNEXTID] = call_setnextid,
	[FORM_GETNEXTID] = call_getnextid,
	[FORM_CHURN] = call_churn,
	[FORM_SETNEXTPID] = call_setnextpid,
};

bool can_perform(int form)
{
	return performers[form] != NULL;
}

void perform(struct call *call)
{
	performers[call->form](call);
}

void put_permissions(struct call *call, const struct ipc_perm *permissions)
{
	put_int(call, (int32_t)permissions->__key);
	put_int(call, (int32_t)permissions->uid);
	put_int(call, (int32_t)permissions->gid);
	put_int(call, (int32_t)permissions->cuid);
	put_int(call, (int32_t)permissions->cgid);
	put_int(call, (int32_t)permissions->mode);
}

void take_permissions(struct call *call, struct ipc_perm *permissions)
{
	permissions->uid = take_user(call, run->uid);
	permissions->gid = take_user(call, run->gid);
	permissions->mode = (mode_t)take_int(call);
}

static bool is_noted(enum object_kind kind, int32_t id)
{
	for (int i = 0; i < shared->made_count; i++)
		if (shared->made[i].kind == (int32_t)kind && shared->made[i].id == id)
			return true;
	return false;
}

void note_made(struct call *call, enum object_kind kind, int32_t key, int flags)
{
	int32_t id = (int32_t)call->value;
	/* In a namespace that others use, only what this call can have created may be removed later. */
	bool may_be_new = run->ipc_namespace || key == IPC_PRIVATE || (flags & IPC_CREAT);
	int32_t at;

	if (id < 0 || !may_be_new || shared->made_count >= MADE_MAX || is_noted(kind, id))
		return;
	/* Others may do the same at this moment. */
	at = __atomic_fetch_add(&shared->made_count, 1, __ATOMIC_RELAXED);
	if (at >= MADE_MAX)
		return;
	shared->made[at].kind = (int32_t)kind;
	shared->made[at].id = id;
}
