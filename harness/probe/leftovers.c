#include "leftovers.h"

#include "allowed.h"
#include "arena.h"
#include "identity.h"
#include "raw_ipc.h"

/* What does not fit is found by the driver, which then replaces the actor. */
#define ATTACHMENTS_MAX 128
#define DESCRIPTORS_MAX 128

static void *attachments[ATTACHMENTS_MAX];
static int attached;
static int descriptors[DESCRIPTORS_MAX];
static int opened;
static bool has_mappings;

void note_attachment(void *address)
{
	if (attached < ATTACHMENTS_MAX)
		attachments[attached++] = address;
}

void forget_attachment(const void *address)
{
	for (int i = 0; i < attached; i++) {
		if (attachments[i] == address) {
			attachments[i] = attachments[--attached];
			return;
		}
	}
}

void note_mapping(void)
{
	has_mappings = true;
}

void note_descriptor(int fd)
{
	if (opened < DESCRIPTORS_MAX)
		descriptors[opened++] = fd;
}

void release_leftovers(void)
{
	while (attached > 0)
		raw_shmdt(attachments[--attached]);
	if (has_mappings)
		clear_arena();
	has_mappings = false;
	while (opened > 0)
		raw_close(descriptors[--opened]);
	become_oneself();
	allow_as_before();
}

int count_leftovers(void)
{
	return attached + opened + has_mappings + is_somebody_else() + is_limited();
}
