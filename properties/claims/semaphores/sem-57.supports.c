// Such a program is linked
// expects: accepted
#include <sys/sem.h>

#ifdef CLAIM
int setop(int, struct sembuf *, size_t);
#else
#define setop semop
#endif

int main(void)
{
	struct sembuf operation = { 0, 1, 0 };

	return setop(0, &operation, 1);
}
