// The key of 128 is negative, and is none of a failure
// expects: seen
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/ipc.h>

int main(void)
{
	key_t key = ftok("/", 128);

	puts(key < 0 && key != (key_t)-1 ? "seen" : "not seen");
	return 0;
}
