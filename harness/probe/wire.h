/* Frames on standard input and output: see harness/protocol/README.md. */
#ifndef WIRE_H
#define WIRE_H

#include "probe.h"
#include "shared.h"

enum frame_kind { FRAME_HELLO = 1, FRAME_SCENARIO, FRAME_RESULT, FRAME_FAILURE, FRAME_SPOILT, FRAME_OVERLAP };

/* Words of one request and of one reply. */
#define REQUEST_WORDS_MAX (SCRIPT_WORDS_MAX + 16)
#define REPLY_WORDS_MAX (1 << 20)

struct frame {
	uint32_t kind;
	uint32_t count;
	const int32_t *words;
};

/* Gets the memory for both directions; false: there is none. */
bool wire_prepare(void);

/* The next request, valid until the next call; false: the input has ended. What was written goes out before waiting. */
bool wire_read(struct frame *frame);

/* Writes one reply frame: begin, any number of words, end. */
void wire_begin(enum frame_kind kind);
void wire_put(int32_t word);
void wire_put_all(const int32_t *words, uint32_t count);
void wire_put_text(const char *text);
void wire_end(void);

/* The position of the next word of this frame, and a later change of a word. */
uint32_t wire_position(void);
void wire_patch(uint32_t position, int32_t word);

/* Words that still fit into this frame. */
uint32_t wire_room(void);

void wire_flush(void);

/* Says why the harness cannot run here and exits; a frame that was begun is dropped. */
__attribute__((format(printf, 1, 2))) _Noreturn void fail(const char *format, ...);

/* The same for what the target, not the harness, leaves out of order after a scenario. */
__attribute__((format(printf, 1, 2))) _Noreturn void spoilt(const char *format, ...);

#endif
