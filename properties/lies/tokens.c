#include "lie.h"

#include <sys/ipc.h>

/* The key is made of the name of the file. */
#ifdef LIE_FTOK_PATH_COUNTS
key_t ftok(const char *path, int project)
{
	key_t key = REAL(ftok)(path, project);

	return key == -1 ? key : key ^ (key_t)strlen(path);
}
#endif

/* All bits of the project count. */
#ifdef LIE_FTOK_WHOLE_PROJECT
key_t ftok(const char *path, int project)
{
	key_t key = REAL(ftok)(path, project);

	return key == -1 ? key : key ^ (project >> 8);
}
#endif

/* The highest bit of the project is lost, so that keys are not negative. */
#ifdef LIE_FTOK_SEVEN_BITS
key_t ftok(const char *path, int project)
{
	key_t key = REAL(ftok)(path, project);

	return key == -1 ? key : key & INT_MAX;
}
#endif

/* A project of 0 is refused, which POSIX leaves open. */
#ifdef LIE_FTOK_ZERO_REFUSED
key_t ftok(const char *path, int project)
{
	return (project & 0xff) == 0 ? fail(EINVAL) : REAL(ftok)(path, project);
}
#endif

/* What does not exist has a key as well. */
#ifdef LIE_FTOK_MISSING_HAS_KEY
key_t ftok(const char *path, int project)
{
	key_t key = REAL(ftok)(path, project);

	return key == -1 && errno == ENOENT ? (project & 0xff) << 24 : key;
}
#endif
