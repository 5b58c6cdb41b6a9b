// struct shmid_ds has such a member
// expects: accepted
#include <sys/shm.h>

#ifndef CLAIM
#define shm_nattch shm_segsz
#endif

int main(void)
{
	struct shmid_ds segment = { .shm_nattch = 0 };

	return segment.shm_nattch != 0;
}
