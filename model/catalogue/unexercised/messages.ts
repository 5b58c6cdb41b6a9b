import type { Unexercised } from '../entry.ts'

/** The rules about message queues that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const messages: readonly Unexercised[] = [
  { id: 'copy.enosys', strength: 'linux', reason: 'other kernels', cites: ['msgop(2), ERRORS, ENOSYS'], sentence: 'A kernel without checkpoint and restore has no MSG_COPY.' },
  { id: 'rcv.handoff.no-steal', strength: 'may', reason: 'overlapping calls', cites: ['Linux ipc/msg.c, pipelined_send'], sentence: 'A message handed to a sleeper cannot be received by its sender any more.' },
  { id: 'snd.barging', strength: 'unspecified', reason: 'overlapping calls', cites: ['Linux ipc/msg.c, do_msgsnd'], sentence: 'Who makes room and sends at once comes before a sleeper that was woken.' },
]
