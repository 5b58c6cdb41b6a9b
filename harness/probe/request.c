#include "request.h"

#include "call.h"
#include "forms.h"

/* Words of a request in front of its steps; and of one whose calls overlap. */
#define HEAD_WORDS 4
#define OVERLAP_HEAD_WORDS 9
#define REPETITIONS_MAX 100000
#define JITTER_MAX 3

static const unsigned char reach[FORM_COUNT] = FORM_REACH;
static const char *const arguments[FORM_COUNT] = FORM_ARGUMENTS;

/* Of the request that is being run; its frame stays where it is until the next one is read. */
static const int32_t *script;
static int32_t step_at[STEPS_MAX];
static int steps;

const int32_t *step_words(int step)
{
	return script + step_at[step];
}

int form_of_step(int step)
{
	return step < 0 || step >= steps ? -1 : step_words(step)[STEP_FORM];
}

int reach_of(int step)
{
	return reach[step_words(step)[STEP_FORM]];
}

static bool is_register(int32_t number)
{
	return number >= 0 && number < REGISTERS;
}

/* Words of one argument of this kind at `words`, of which `left` are there; -1: it cannot be. */
static int argument_words(char kind, const int32_t *words, int left)
{
	static const char fixed[] = "1i1f1s1k2l2d2p2u4a5t";
	int count = -1;

	if (left < 1)
		return -1;
	if (kind == 'o' && words[0] >= 0 && words[0] <= OPERATIONS_MAX)
		count = 1 + 3 * words[0];
	else if (kind == 'v' && words[0] >= 0 && words[0] <= VALUES_MAX)
		count = 1 + words[0];
	for (int i = 0; fixed[i] != '\0'; i += 2)
		if (fixed[i + 1] == kind)
			count = fixed[i] - '0';
	if (count > left)
		return -1;
	if (kind == 'k' && words[0] > KEYS_MAX)
		return -1;
	/* Mode 0 and, for addresses, modes above 1 name no register. */
	if ((kind == 'd' || kind == 'p') && words[0] != 0 && !is_register(words[1]))
		return -1;
	if (kind == 'a' && words[0] == 1 && !is_register(words[1]))
		return -1;
	return count;
}

static bool has_arguments(int form, const int32_t *words, int count)
{
	for (const char *kind = arguments[form]; *kind != '\0'; kind++) {
		int used = argument_words(*kind, words, count);

		if (used < 0)
			return false;
		words += used;
		count -= used;
	}
	return count == 0;
}

bool is_pseudo(int form)
{
	return form == FORM_TICK || form == FORM_EXPIRES || form == FORM_OVERWRITE;
}

bool makes_process(int form)
{
	return form == FORM_FORK || form == FORM_CLONE || form == FORM_VFORK || form == FORM_THREAD;
}

static unsigned kinds_made(int form)
{
	switch (form) {
	case FORM_SEMGET:
		return 1u << SEMAPHORES;
	case FORM_MSGGET:
		return 1u << QUEUE;
	case FORM_SHMGET:
		return 1u << SEGMENT;
	default:
		return 0;
	}
}

/* Checks the step at `words`, of which `left` are there, and returns how many it has. */
static int read_step(const int32_t *words, int left, int number, struct request *request)
{
	int count = left < STEP_ARGUMENTS ? 0 : words[STEP_WORDS];
	int form, target;

	if (count < STEP_ARGUMENTS || count > left)
		fail("scenario %d ends inside step %d", request->number, number);
	form = words[STEP_FORM];
	target = words[STEP_REGISTER];
	if (form < 0 || form >= FORM_COUNT)
		fail("step %d of scenario %d has form %d, where the probe knows %d", number, request->number, form,
		     FORM_COUNT);
	if (!can_perform(form) && !is_pseudo(form))
		fail("this probe cannot perform form %d of its own vocabulary", form);
	if (words[STEP_SLOT] < 0 || words[STEP_SLOT] >= SLOTS || target < -1 || target >= REGISTERS)
		fail("step %d of scenario %d names slot %d and register %d", number, request->number, words[STEP_SLOT],
		     target);
	if (makes_process(form) && (target < request->roots || target >= SLOTS))
		fail("step %d of scenario %d forks into slot %d", number, request->number, target);
	if (!has_arguments(form, words + STEP_ARGUMENTS, count - STEP_ARGUMENTS))
		fail("step %d of scenario %d: the arguments are not those of form %d", number, request->number, form);
	request->processes |= reach[form] == REACH_PROCESSES;
	request->caller |= reach[form] == REACH_CALLER;
	request->makes |= kinds_made(form);
	return count;
}

/* The steps of one actor lie side by side there, and none of them makes a process. */
static void read_overlap(const int32_t *words, struct request *request)
{
	request->first = words[4];
	request->last = words[5];
	request->repetitions = words[6];
	request->seed = (uint32_t)words[7];
	request->jitter = words[8];
	if (request->first < 0 || request->last < request->first || request->last > request->steps ||
	    request->repetitions < 1 || request->repetitions > REPETITIONS_MAX || request->jitter < 0 ||
	    request->jitter > JITTER_MAX)
		fail("scenario %d overlaps from step %d to %d, %d times", request->number, request->first + 1, request->last,
		     request->repetitions);
}

/* Processes are made before the steps that overlap, and no step is the driver's own. */
static void check_overlap(const struct request *request)
{
	uint32_t seated = (UINT32_C(1) << request->roots) - 1;

	for (int step = 0; step < request->steps; step++) {
		const int32_t *words = step_words(step);
		bool makes = makes_process(words[STEP_FORM]);

		if (is_pseudo(words[STEP_FORM]) || (makes && step >= request->first) || !(seated >> words[STEP_SLOT] & 1))
			fail("step %d of scenario %d cannot overlap", step + 1, request->number);
		if (makes)
			seated |= UINT32_C(1) << words[STEP_REGISTER];
	}
}

void read_request(const struct frame *frame, struct request *request)
{
	const int32_t *words = frame->words;
	bool overlaps = frame->kind == FRAME_OVERLAP;
	int head = overlaps ? OVERLAP_HEAD_WORDS : HEAD_WORDS;
	int left = (int)frame->count - head;
	int at = 0;

	if ((frame->kind != FRAME_SCENARIO && !overlaps) || left < 0)
		fail("a request of kind %u with %u words", frame->kind, frame->count);
	memset(request, 0, sizeof(*request));
	request->number = words[0];
	request->roots = words[1];
	/* words[2], the options, say what the forms say as well. */
	request->steps = words[3];
	if (overlaps)
		read_overlap(words, request);
	words += head;
	if (request->roots < 1 || request->roots > ROOTS_MAX || request->steps < 0 || request->steps > STEPS_MAX ||
	    left > SCRIPT_WORDS_MAX)
		fail("scenario %d has %d roots, %d steps and %d words", request->number, request->roots, request->steps,
		     left);
	for (int step = 0; step < request->steps; step++) {
		step_at[step] = at;
		at += read_step(words + at, left - at, step + 1, request);
	}
	if (at != left)
		fail("scenario %d has %d words behind its last step", request->number, left - at);
	script = words;
	steps = request->steps;
	if (overlaps)
		check_overlap(request);
	memcpy(run->script, script, (size_t)left * 4);
	memcpy(run->step_at, step_at, (size_t)steps * sizeof(step_at[0]));
}
