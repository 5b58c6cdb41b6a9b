// msg_gnum
// expects: accepted
#include <sys/msg.h>

#ifndef CLAIM
#define msg_gnum msg_qnum
#endif

int main(void)
{
	struct msqid_ds queue = { .msg_gnum = 0 };

	return queue.msg_gnum != 0;
}
