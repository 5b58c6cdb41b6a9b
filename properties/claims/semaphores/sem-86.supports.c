// The compiler says that it is one
// expects: accepted
#include <sys/sem.h>

#ifdef CLAIM
_Static_assert(_Generic(((struct sembuf *)0)->sem_num, unsigned short: 1, default: 0), "another type");
#endif

int main(void) { return sizeof(((struct sembuf *)0)->sem_num) == 0; }
