// Without a definition of its own a program does not compile
// expects: refused
#include <sys/sem.h>

#ifndef CLAIM
union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};
#endif

int main(void)
{
	union semun argument = { .val = 1 };

	return semctl(0, 0, SETVAL, argument);
}
