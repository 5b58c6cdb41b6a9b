// msg_irpid
// expects: accepted
#include <sys/msg.h>

#ifndef CLAIM
#define msg_irpid msg_lrpid
#endif

int main(void)
{
	struct msqid_ds queue = { .msg_irpid = 0 };

	return queue.msg_irpid != 0;
}
