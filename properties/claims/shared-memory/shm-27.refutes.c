// What shmat returns is a pointer, which C does not compare with -1
// expects: refused
#include <sys/shm.h>

#ifdef CLAIM
int main(void) { return shmat(-1, 0, 0) == -1; }
#else
int main(void) { return shmat(-1, 0, 0) == (void *)-1; }
#endif
