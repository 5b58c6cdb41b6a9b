// execve has the number of one
// expects: accepted
#include <sys/syscall.h>

#ifdef CLAIM
int main(void) { return SYS_execve == SYS_exit; }
#else
int main(void) { return SYS_exit == 0; }
#endif
