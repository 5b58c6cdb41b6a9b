#include "calls.h"

#include "guarded_access.h"
#include "leftovers.h"
#include "raw.h"

#include <sys/mman.h>

static size_t take_pages(struct call *call)
{
	return (size_t)take_int(call) * (size_t)sysconf(_SC_PAGESIZE);
}

void call_munmap(struct call *call)
{
	void *address = take_address(call);
	size_t bytes = take_pages(call);

	RETURNS(call, munmap(address, bytes), syscall(SYS_munmap, address, bytes));
}

enum { PROTECTION_READ = 1, PROTECTION_WRITE = 2 };

void call_mprotect(struct call *call)
{
	void *address = take_address(call);
	size_t bytes = take_pages(call);
	int given = take_int(call);
	int protection = (given & PROTECTION_READ ? PROT_READ : 0) | (given & PROTECTION_WRITE ? PROT_WRITE : 0);

	RETURNS(call, mprotect(address, bytes, protection), syscall(SYS_mprotect, address, bytes, protection));
}

void call_dont_fork(struct call *call)
{
	void *address = take_address(call);
	size_t bytes = take_pages(call);

	RETURNS(call, madvise(address, bytes, MADV_DONTFORK), syscall(SYS_madvise, address, bytes, MADV_DONTFORK));
}

/* An address is not negative, even where it has 32 bits. */
static void put_mapping(struct call *call)
{
	if (!call_failed(call)) {
		call->value = (int64_t)(uintptr_t)call->value;
		note_mapping();
	}
	put_register(call);
}

void call_mmap(struct call *call)
{
	void *address = take_address(call);
	size_t bytes = take_pages(call);

	RETURNS(call, (intptr_t)mmap(address, bytes, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
		(intptr_t)mmap(address, bytes, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	put_mapping(call);
}

void call_mremap(struct call *call)
{
	void *address = take_address(call);
	size_t bytes = take_pages(call);
	size_t new_bytes = take_pages(call);
	void *to = take_address(call);
	int flags = MREMAP_MAYMOVE | MREMAP_FIXED;

	RETURNS(call, (intptr_t)mremap(address, bytes, new_bytes, flags, to),
		syscall(SYS_mremap, address, bytes, new_bytes, flags, to));
	put_mapping(call);
}

void call_read(struct call *call)
{
	void *address = take_address(call);
	unsigned char byte = (unsigned char)take_int(call);
	int ends[2];

	if (syscall(SYS_pipe2, ends, 0) != 0 || raw_write(ends[1], &byte, 1) != 1) {
		call->kind = SKIPPED;
		return;
	}
	RETURNS(call, read(ends[0], address, 1), raw_read(ends[0], address, 1));
	raw_close(ends[0]);
	raw_close(ends[1]);
}

void call_run(struct call *call)
{
	void *address = take_address(call);
	struct fault fault;

	if (!guarded_run(address, &fault)) {
		call->kind = SKIPPED;
		return;
	}
	call->value = 0;
	if (fault.signal == 0)
		return;
	call->kind = FAULTED;
	call->error = fault.signal;
	call->code = fault.code;
}
