/*
 * The diet libc: what its headers lack or call otherwise. Where it has no wrapper at all the call is made without one,
 * and said to be missing (missing.c).
 */
#ifndef DIETLIBC_H
#define DIETLIBC_H

#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Declared as an int there, which cuts addresses. */
long whole_syscall(long number, ...) __asm__("syscall");
#define syscall whole_syscall

#define SYS_bind __NR_bind
#define SYS_capset __NR_capset
#define SYS_clone __NR_clone
#define SYS_close __NR_close
#define SYS_connect __NR_connect
#define SYS_dup3 __NR_dup3
#define SYS_execve __NR_execve
#define SYS_exit __NR_exit
#define SYS_exit_group __NR_exit_group
#define SYS_faccessat __NR_faccessat
#define SYS_fork __NR_fork
#define SYS_futex __NR_futex
#define SYS_getdents64 __NR_getdents64
#define SYS_getegid __NR_getegid
#define SYS_geteuid __NR_geteuid
#define SYS_getgroups __NR_getgroups
#define SYS_getpgid __NR_getpgid
#define SYS_getpid __NR_getpid
#define SYS_getppid __NR_getppid
#define SYS_getrandom __NR_getrandom
#define SYS_getrusage __NR_getrusage
#define SYS_getsid __NR_getsid
#define SYS_gettid __NR_gettid
#define SYS_kill __NR_kill
#define SYS_madvise __NR_madvise
#define SYS_memfd_create __NR_memfd_create
#define SYS_mprotect __NR_mprotect
#define SYS_mremap __NR_mremap
#define SYS_msgctl __NR_msgctl
#define SYS_msgget __NR_msgget
#define SYS_msgrcv __NR_msgrcv
#define SYS_msgsnd __NR_msgsnd
#define SYS_munmap __NR_munmap
#define SYS_nanosleep __NR_nanosleep
#define SYS_openat __NR_openat
#define SYS_pipe2 __NR_pipe2
#define SYS_ppoll __NR_ppoll
#define SYS_prctl __NR_prctl
#define SYS_pread64 __NR_pread64
#define SYS_prlimit64 __NR_prlimit64
#define SYS_read __NR_read
#define SYS_readlinkat __NR_readlinkat
#define SYS_rt_sigaction __NR_rt_sigaction
#define SYS_rt_sigpending __NR_rt_sigpending
#define SYS_rt_sigprocmask __NR_rt_sigprocmask
#define SYS_rt_sigtimedwait __NR_rt_sigtimedwait
#define SYS_sched_getaffinity __NR_sched_getaffinity
#define SYS_sched_setaffinity __NR_sched_setaffinity
#define SYS_sched_setscheduler __NR_sched_setscheduler
#define SYS_sched_yield __NR_sched_yield
#define SYS_semctl __NR_semctl
#define SYS_semget __NR_semget
#define SYS_semop __NR_semop
#define SYS_semtimedop __NR_semtimedop
#define SYS_setfsgid __NR_setfsgid
#define SYS_setgroups __NR_setgroups
#define SYS_setpgid __NR_setpgid
#define SYS_setresgid __NR_setresgid
#define SYS_setresuid __NR_setresuid
#define SYS_setsid __NR_setsid
#define SYS_shmat __NR_shmat
#define SYS_shmctl __NR_shmctl
#define SYS_shmdt __NR_shmdt
#define SYS_shmget __NR_shmget
#define SYS_socket __NR_socket
#define SYS_tgkill __NR_tgkill
#define SYS_unshare __NR_unshare
#define SYS_wait4 __NR_wait4
#define SYS_waitid __NR_waitid
#define SYS_write __NR_write

#define CLOCK_REALTIME_COARSE 5
#define SHMLBA 4096

/* The field of struct ipc_perm. */
#define __key key

typedef unsigned long msglen_t;

extern char **environ;

struct sembuf;
struct timespec;

static inline int semtimedop(int id, struct sembuf *operations, size_t count, const struct timespec *timeout)
{
	return (int)syscall(SYS_semtimedop, id, operations, count, timeout);
}

/* Its own has no new address. */
#include <sys/mman.h>
#define mremap(from, old_size, new_size, flags, to) \
	((void *)syscall(SYS_mremap, from, old_size, new_size, flags, to))
/* Declared, and not there. */
#define waitid(type, id, info, options) ((int)syscall(SYS_waitid, type, id, info, options, NULL))
#define WIFCONTINUED(status) ((status) == 0xffff)

#endif
