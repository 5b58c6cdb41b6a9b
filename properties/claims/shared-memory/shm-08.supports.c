// The headers have the name
// expects: accepted
#include <sys/shm.h>

#ifdef CLAIM
int main(void) { return shmget(IPC_PRIVATE, 1, SHM_MORESERVE); }
#else
int main(void) { return shmget(IPC_PRIVATE, 1, SHM_NORESERVE); }
#endif
