// Such a program is linked
// expects: accepted
#include <sys/msg.h>

#ifdef CLAIM
int msgset(key_t, int);
#else
#define msgset msgget
#endif

int main(void) { return msgset(IPC_PRIVATE, 0600); }
