/* What the C library or the kernel does not have. */
#ifndef MISSING_H
#define MISSING_H

/* Names of functions under test that the library has no wrapper for, as a JSON list: they are called without one. */
extern const char missing_wrappers[];

/* Names of system calls under test that the kernel does not know, as a JSON list of at most `bytes`. */
void list_missing_calls(char *text, unsigned bytes);

#endif
