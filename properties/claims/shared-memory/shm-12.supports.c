// struct shmid_ds has such a member
// expects: accepted
#include <sys/shm.h>

#ifndef CLAIM
#define shm_nattach shm_nattch
#endif

int main(void)
{
	struct shmid_ds segment = { .shm_nattach = 0 };

	return segment.shm_nattach != 0;
}
