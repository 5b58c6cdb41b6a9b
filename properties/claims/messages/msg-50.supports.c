// Such a declaration agrees with the header
// expects: accepted
#include <sys/msg.h>

#ifdef CLAIM
ssize_t msgrcv(int, void *, size_t, long, int);
#endif

int main(void) { return msgget(IPC_PRIVATE, 0600); }
