#include "wire.h"

#include "descendants.h"
#include "raw.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>

#define INPUT_WORDS (4 * REQUEST_WORDS_MAX)
#define OUTPUT_WORDS (REPLY_WORDS_MAX + FLUSH_WORDS + 16)
/* Replies go out once there is this much, even if more requests are waiting: the reader works meanwhile. */
#define FLUSH_WORDS 8192
#define HEAD_WORDS 2
#define FAILURE_BYTES_MAX 1024

/* Bytes between begin and end are read but not used up. */
static int32_t *input;
static size_t input_begin, input_end;

/* Words before `frame_at` are complete frames. */
static int32_t *output;
static uint32_t frame_at, output_end;

/* Memory that the actors do not get. */
static int32_t *get_words(size_t count)
{
	void *memory = mmap(NULL, count * 4, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return NULL;
	madvise(memory, count * 4, MADV_DONTFORK);
	return memory;
}

bool wire_prepare(void)
{
	input = get_words(INPUT_WORDS);
	output = get_words(OUTPUT_WORDS);
	return input != NULL && output != NULL;
}

static bool take_frame(struct frame *frame)
{
	const int32_t *head = input + input_begin / 4;
	size_t bytes;

	if (input_end - input_begin < HEAD_WORDS * 4)
		return false;
	bytes = (uint32_t)head[0];
	if (bytes % 4 != 0 || bytes > REQUEST_WORDS_MAX * 4)
		fail("a request of %lu bytes: the limit is %d", (unsigned long)bytes, REQUEST_WORDS_MAX * 4);
	if (input_end - input_begin < HEAD_WORDS * 4 + bytes)
		return false;
	frame->kind = (uint32_t)head[1];
	frame->count = (uint32_t)(bytes / 4);
	frame->words = head + HEAD_WORDS;
	input_begin += HEAD_WORDS * 4 + bytes;
	return true;
}

/* For the guard: from now on a standstill is nobody's fault; or no longer. */
static void set_waiting(bool waiting)
{
	if (run != NULL)
		run->waiting = waiting;
}

/* Frames are whole words, so what is kept stays aligned. */
static void make_room(void)
{
	size_t kept = input_end - input_begin;

	if (input_begin == 0 || (kept > 0 && INPUT_WORDS * 4 - input_end >= (HEAD_WORDS + REQUEST_WORDS_MAX) * 4))
		return;
	memmove(input, (char *)input + input_begin, kept);
	input_begin = 0;
	input_end = kept;
}

bool wire_read(struct frame *frame)
{
	while (!take_frame(frame)) {
		long bytes;

		wire_flush();
		make_room();
		set_waiting(true);
		bytes = raw_read(STDIN_FILENO, (char *)input + input_end, INPUT_WORDS * 4 - input_end);
		set_waiting(false);
		if (bytes == 0 || (bytes < 0 && errno != EINTR))
			return false;
		if (bytes > 0)
			input_end += (size_t)bytes;
	}
	return true;
}

void wire_begin(enum frame_kind kind)
{
	frame_at = output_end;
	wire_put(0);
	wire_put(kind);
}

void wire_put(int32_t word)
{
	output[output_end++] = word;
}

void wire_put_all(const int32_t *words, uint32_t count)
{
	memcpy(output + output_end, words, count * 4);
	output_end += count;
}

void wire_put_text(const char *text)
{
	size_t bytes = strlen(text);
	size_t words = (bytes + 3) / 4;

	memset(output + output_end, ' ', words * 4);
	memcpy(output + output_end, text, bytes);
	output_end += (uint32_t)words;
}

void wire_end(void)
{
	output[frame_at] = (int32_t)((output_end - frame_at - HEAD_WORDS) * 4);
	frame_at = output_end;
	if (output_end >= FLUSH_WORDS)
		wire_flush();
}

uint32_t wire_position(void)
{
	return output_end;
}

void wire_patch(uint32_t position, int32_t word)
{
	output[position] = word;
}

uint32_t wire_room(void)
{
	return REPLY_WORDS_MAX - (output_end - frame_at);
}

/* Nobody reads any more (SIGPIPE is ignored): then there is nothing left to do. */
void wire_flush(void)
{
	const char *from = (const char *)output;
	size_t bytes = (size_t)frame_at * 4;

	set_waiting(true);
	while (bytes > 0) {
		long written = raw_write(STDOUT_FILENO, from, bytes);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			leave(STATUS_DONE);
		from += written;
		bytes -= (size_t)written;
	}
	set_waiting(false);
	output_end = frame_at = 0;
}

static _Noreturn void leave_saying(enum frame_kind kind, const char *format, va_list values)
{
	char text[FAILURE_BYTES_MAX];

	vsnprintf(text, sizeof(text), format, values);
	output_end = frame_at;
	wire_begin(kind);
	wire_put_text(text);
	wire_end();
	wire_flush();
	leave(STATUS_CANNOT_RUN);
}

_Noreturn void fail(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	leave_saying(FRAME_FAILURE, format, values);
}

_Noreturn void spoilt(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	leave_saying(FRAME_SPOILT, format, values);
}
