import type { Unexercised } from '../entry.ts'

/** The rules about message queues that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const messages: readonly Unexercised[] = [
  { id: 'copy.buffer-read', strength: 'linux', reason: 'bad pointers and sizes', cites: ['Linux ipc/msg.c, prepare_copy'], sentence: 'MSG_COPY needs a buffer of the size that it was told, also where the message is shorter.' },
  { id: 'copy.enosys', strength: 'linux', reason: 'other kernels', cites: ['msgop(2), ERRORS, ENOSYS'], sentence: 'A kernel without checkpoint and restore has no MSG_COPY.' },
  { id: 'msgctl.efault', strength: 'may', reason: 'bad pointers and sizes', cites: ['msgctl(2), ERRORS, EFAULT'], sentence: 'A buffer that cannot be used is an error, and nothing changes.' },
  { id: 'msgrcv.efault.message-lost', strength: 'unspecified', reason: 'bad pointers and sizes', cites: ['Linux ipc/msg.c, do_msgrcv'], sentence: 'A message that cannot be stored is lost: the call fails, and the message is off the queue.' },
  { id: 'msgsnd.copied-at-call', strength: 'unspecified', reason: 'buffers during a call', cites: ['Linux ipc/msg.c, do_msgsnd'], sentence: 'A sleeping sender sends what its buffer held when the call began.' },
  { id: 'msgsnd.efault.body', strength: 'may', reason: 'bad pointers and sizes', cites: ['msgop(2), ERRORS, EFAULT'], sentence: 'A body that cannot be read is an error, and nothing is queued.' },
  { id: 'msgsnd.efault.type', strength: 'may', reason: 'bad pointers and sizes', cites: ['msgop(2), ERRORS, EFAULT'], sentence: 'A message type that cannot be read is an error before everything else.' },
  { id: 'rcv.handoff.lrpid-is-thread-id', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 <sys/msg.h>, msg_lrpid'], sentence: 'msg_lrpid is the process of the last msgrcv; Linux stores the thread where a message was handed to a sleeping thread.' },
  { id: 'rcv.handoff.no-steal', strength: 'may', reason: 'overlapping calls', cites: ['Linux ipc/msg.c, pipelined_send'], sentence: 'A message handed to a sleeper cannot be received by its sender any more.' },
  { id: 'snd.barging', strength: 'unspecified', reason: 'overlapping calls', cites: ['Linux ipc/msg.c, do_msgsnd'], sentence: 'Who makes room and sends at once comes before a sleeper that was woken.' },
]
