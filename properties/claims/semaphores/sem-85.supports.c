// The compiler says that it is one
// expects: accepted
#include <sys/sem.h>

#ifdef CLAIM
#define NUMBER short
#else
#define NUMBER unsigned short
#endif

_Static_assert(_Generic(((struct sembuf *)0)->sem_num, NUMBER: 1, default: 0), "another type");

int main(void) { return 0; }
