#include "processes.h"

/* None of P_ALL, P_PID, P_PGID and the extensions. */
#define NO_TYPE ((idtype_t)77)

/* Stops and continues have the codes of ends. gVisor did so. */
#ifdef LIE_WAITID_STOP_IS_KILLED
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	int result = real_waitid(type, id, info, options);

	if (result == 0 && info != NULL && info->si_pid != 0) {
		if (info->si_code == CLD_STOPPED)
			info->si_code = CLD_KILLED;
		else if (info->si_code == CLD_CONTINUED)
			info->si_code = CLD_DUMPED;
	}
	return result;
}
#endif

/* si_status is the status word of waitpid. */
#ifdef LIE_WAITID_STATUS_WORD
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	int result = real_waitid(type, id, info, options);

	if (result == 0 && info != NULL && info->si_code == CLD_EXITED)
		info->si_status <<= 8;
	return result;
}
#endif

/* The structure is left alone where there is nothing to report. POSIX allowed it before 2013. */
#ifdef LIE_WAITID_NOTHING_UNTOUCHED
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t found = { .si_pid = 0 };
	int result = real_waitid(type, id, &found, options);

	if (info != NULL && (result == -1 || found.si_pid != 0))
		*info = found;
	return result;
}
#endif

/* The structure is left alone by a call that fails. gVisor and qemu's user mode do so. */
#ifdef LIE_WAITID_FAILURE_UNTOUCHED
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t found = { .si_pid = 0 };
	int result = real_waitid(type, id, &found, options);

	if (info != NULL && result == 0)
		*info = found;
	return result;
}
#endif

/* si_uid is not filled. illumos does not set it. */
#ifdef LIE_WAITID_UID_UNSET
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	int result = real_waitid(type, id, info, options);

	if (result == 0 && info != NULL && info->si_pid != 0)
		info->si_uid = (uid_t)-1;
	return result;
}
#endif

/* si_signo is not filled. */
#ifdef LIE_WAITID_SIGNO_UNSET
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	int result = real_waitid(type, id, info, options);

	if (result == 0 && info != NULL)
		info->si_signo = 0;
	return result;
}
#endif

/* waitid returns the pid. Old manual pages say so. */
#ifdef LIE_WAITID_RETURNS_THE_PID
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t found = { .si_pid = 0 };
	int result = real_waitid(type, id, &found, options);

	if (info != NULL)
		*info = found;
	return result == 0 ? found.si_pid : result;
}
#endif

/* Without WEXITED, WSTOPPED and WCONTINUED, ends are meant. */
#ifdef LIE_WAITID_NO_EVENT_IS_THE_END
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	bool none = (options & (WEXITED | WSTOPPED | WCONTINUED)) == 0;

	return real_waitid(type, id, info, none ? options | WEXITED : options);
}
#endif

/* Ends are reported without WEXITED. */
#ifdef LIE_WAITID_END_UNASKED
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	bool some = (options & (WSTOPPED | WCONTINUED)) != 0;

	return real_waitid(type, id, info, some ? options | WEXITED : options);
}
#endif

/* WNOWAIT is ignored. */
#ifdef LIE_WAITID_NO_WAIT_IGNORED
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return real_waitid(type, id, info, options & ~WNOWAIT);
}
#endif

/* WNOWAIT keeps ends, but not stops. */
#ifdef LIE_WAITID_NO_WAIT_KEEPS_ENDS_ONLY
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t found = { .si_pid = 0 };
	int result = real_waitid(type, id, &found, options);
	siginfo_t taken;

	if (info != NULL)
		*info = found;
	if (result == 0 && options & WNOWAIT && found.si_code == CLD_STOPPED)
		real_waitid(P_PID, (id_t)found.si_pid, &taken, WSTOPPED | WNOHANG);
	return result;
}
#endif

/* Process 0 is any child. gVisor says so. */
#ifdef LIE_WAITID_PROCESS_ZERO_IS_ANY
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return real_waitid(type == P_PID && id == 0 ? P_ALL : type, id, info, options);
}
#endif

/* Group 0 is no group. Linux said so before 5.4. */
#ifdef LIE_WAITID_GROUP_ZERO_EINVAL
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return real_waitid(type == P_PGID && id == 0 ? NO_TYPE : type, id, info, options);
}
#endif

/* P_PIDFD does not exist. Linux did not know it before 5.4. */
#ifdef LIE_WAITID_NO_PIDFD
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return real_waitid((int)type == 3 ? NO_TYPE : type, id, info, options);
}
#endif

/* WNOHANG fails with ECHILD where nobody has anything to report. */
#ifdef LIE_WAITID_NO_HANG_ECHILD
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t found = { .si_pid = 0 };
	int result = real_waitid(type, id, &found, options);

	if (info != NULL)
		*info = found;
	return result == 0 && found.si_pid == 0 ? fail(ECHILD) : result;
}
#endif
