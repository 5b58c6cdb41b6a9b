// With the definition that the header recommends it does
// expects: accepted
#include <sys/sem.h>

#ifdef CLAIM
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
	struct seminfo *__buf;
};
#endif

int main(void)
{
#ifdef CLAIM
	union semun argument = { .val = 1 };

	return semctl(0, 0, SETVAL, argument);
#else
	return semctl(0, 0, GETVAL);
#endif
}
