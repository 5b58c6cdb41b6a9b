// execl has no number
// expects: refused
#include <sys/syscall.h>

#ifdef CLAIM
int main(void) { return SYS_execl == SYS_exit; }
#else
int main(void) { return SYS_execve == SYS_exit; }
#endif
