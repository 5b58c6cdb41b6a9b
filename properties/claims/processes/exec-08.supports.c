// Such a declaration agrees with the header
// expects: accepted
#include <unistd.h>

#ifdef CLAIM
int execl(const char *, char *const[]);
#else
int execv(const char *, char *const[]);
#endif

int main(void) { return 0; }
