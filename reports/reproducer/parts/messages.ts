import type { Part } from './part.ts'

export const messageParts: readonly Part[] = [
  {
    defines: 'fill()',
    text: `/* A body that counts up from its first byte. */
static void fill(struct message *message, long type, int size, int first)
{
	message->type = type;
	for (int i = 0; i < size; i++)
		message->body[i] = (unsigned char)(first + i);
}
`,
  },
  {
    defines: 'filled()',
    text: `/* A message with a body that counts up from its first byte. */
static struct message *filled(long type, int size, int first)
{
	static struct message sent;

	sent.type = type;
	for (int i = 0; i < size; i++)
		sent.body[i] = (unsigned char)(first + i);
	return &sent;
}
`,
  },
  {
    defines: 'is_message()',
    text: `/* Whether this came: a body that counts up from its first byte, and nothing behind it. */
static int is_message(const struct message *got, long type, int first, int size)
{
	int count = 0, room = (int)sizeof(got->body);

	while (count < room && got->body[count] == (count < size ? (unsigned char)(first + count) : 0x5a))
		count++;
	return is(got->type, type) && (size == 0 || is(got->body[0], first)) && is(count, room);
}
`,
  },
  {
    defines: 'first_byte()',
    text: `static int first_byte(const struct message *message, long long length)
{
	return length > 0 ? message->body[0] : -1;
}
`,
  },
  {
    defines: 'matched()',
    text: `/* How many bytes of the body count up from the first. */
static int matched(const struct message *message, long long length)
{
	int count = 0;

	while (count < length && message->body[count] == (unsigned char)(message->body[0] + count))
		count++;
	return count;
}
`,
  },
  {
    defines: 'beyond()',
    text: `/* How many bytes behind the body were stored. */
static int beyond(const struct message *message, long long length, int room)
{
	int count = 0;

	for (int i = length > 0 ? (int)length : 0; i < room; i++)
		count += message->body[i] != 0x5a;
	return count;
}
`,
  },
  {
    defines: 'at_the_edge()',
    text: `/* A message of which the type can be read, and nothing behind it. */
static void *at_the_edge(long type)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED || mprotect(pages + page, page, PROT_NONE) != 0)
		abort();
	memcpy(pages + page - sizeof(type), &type, sizeof(type));
	return pages + page - sizeof(type);
}
`,
  },
]
