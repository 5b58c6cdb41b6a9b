/* Small text files, such as the ones in /proc. */
#ifndef TEXT_FILE_H
#define TEXT_FILE_H

#include "probe.h"

/* What one read gives of a file, ended by a NUL. Returns its length; -1 and an empty text where the file cannot be read. */
long read_text(const char *path, char *text, unsigned long bytes);

#endif
