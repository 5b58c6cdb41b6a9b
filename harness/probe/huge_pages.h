/* What the machine has of huge pages. The pool is everybody's: the probe looks at it and leaves it alone. */
#ifndef HUGE_PAGES_H
#define HUGE_PAGES_H

#include "namespaces.h"
#include "probe.h"

enum page_users { PAGE_USERS_UNKNOWN, PAGE_USERS_NOBODY, PAGE_USERS_GROUP };

struct huge_pages {
	/* Bytes, of the default size; 0: not known. */
	int64_t size;
	/* In the pool, whoever has them, and beyond it. */
	int64_t available;
	int32_t users;
	/* The group that may use them, besides the capable. */
	uint32_t group;
};

/* Who may use them is asked before the namespaces change who anybody is. */
void look_for_page_users(void);

struct huge_pages huge_pages_here(enum isolation isolation);

#endif
