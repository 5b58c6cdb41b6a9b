import type { Unexercised } from '../entry.ts'

/** The rules about message queues that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const messages: readonly Unexercised[] = [
  { id: 'copy.buffer-read', strength: 'linux', reason: 'MSG_COPY', cites: ['Linux ipc/msg.c, prepare_copy'], sentence: 'MSG_COPY needs a buffer of the size that it was told, also where the message is shorter.' },
  { id: 'copy.e2big', strength: 'linux', reason: 'MSG_COPY', cites: ['msgop(2), ERRORS, E2BIG'], sentence: 'Copying a message longer than the buffer is an error.' },
  { id: 'copy.enosys', strength: 'linux', reason: 'other kernels', cites: ['msgop(2), ERRORS, ENOSYS'], sentence: 'A kernel without checkpoint and restore has no MSG_COPY.' },
  { id: 'copy.index', strength: 'linux', reason: 'MSG_COPY', cites: ['msgop(2), MSG_COPY'], sentence: 'With MSG_COPY the type is a position on the queue, from 0; the message there is copied, and the queue stays as it is.' },
  { id: 'copy.lowered-msgmax', strength: 'linux', reason: 'MSG_COPY', cites: ['Linux ipc/msg.c, prepare_copy'], sentence: 'A message longer than a MSGMAX lowered meanwhile can be received but not copied.' },
  { id: 'copy.needs-nowait', strength: 'linux', reason: 'MSG_COPY', cites: ['msgop(2), MSG_COPY'], sentence: 'MSG_COPY without IPC_NOWAIT is an error.' },
  { id: 'copy.no-stats', strength: 'linux', reason: 'MSG_COPY', cites: ['msgop(2), MSG_COPY'], sentence: 'A copy changes neither counts nor times nor the last receiver.' },
  { id: 'copy.noerror-einval', strength: 'linux', reason: 'MSG_COPY', cites: ['Linux ipc/msgutil.c, copy_msg'], sentence: 'A copy is never cut: with MSG_NOERROR too a longer message is an error, EINVAL.' },
  { id: 'copy.not-with-except', strength: 'linux', reason: 'MSG_COPY', cites: ['msgop(2), MSG_COPY'], sentence: 'MSG_COPY with MSG_EXCEPT is an error.' },
  { id: 'limit.msgmni', strength: 'shall', reason: 'changed limits', cites: ['POSIX.1-2024 msgget, ERRORS, [ENOSPC]'], sentence: 'There are at most MSGMNI queues; a limit out of range is refused when it is written.' },
  { id: 'msgctl.ipc_info', strength: 'linux', reason: 'info commands', cites: ['msgctl(2), IPC_INFO'], sentence: 'IPC_INFO tells the limits of queues and returns the highest slot in use.' },
  { id: 'msgctl.msg_info', strength: 'linux', reason: 'info commands', cites: ['msgctl(2), MSG_INFO'], sentence: 'MSG_INFO tells besides how many queues, messages and bytes there are.' },
  { id: 'msgctl.msg_stat', strength: 'linux', reason: 'info commands', cites: ['msgctl(2), MSG_STAT, MSG_STAT_ANY'], sentence: 'MSG_STAT and MSG_STAT_ANY describe the queue in a slot and return its identifier.' },
  { id: 'msgget.enospc', strength: 'shall', reason: 'changed limits', cites: ['POSIX.1-2024 msgget, ERRORS, [ENOSPC]'], sentence: 'A queue more than MSGMNI cannot be made.' },
  { id: 'msgsnd.copied-at-call', strength: 'unspecified', reason: 'buffers during a call', cites: ['Linux ipc/msg.c, do_msgsnd'], sentence: 'A sleeping sender sends what its buffer held when the call began.' },
  { id: 'rcv.handoff.lrpid-is-thread-id', strength: 'shall', reason: 'threads', cites: ['POSIX.1-2024 <sys/msg.h>, msg_lrpid'], sentence: 'msg_lrpid is the process of the last msgrcv; Linux stores the thread where a message was handed to a sleeping thread.' },
  { id: 'rcv.handoff.no-steal', strength: 'may', reason: 'overlapping calls', cites: ['Linux ipc/msg.c, pipelined_send'], sentence: 'A message handed to a sleeper cannot be received by its sender any more.' },
  { id: 'snd.barging', strength: 'unspecified', reason: 'overlapping calls', cites: ['Linux ipc/msg.c, do_msgsnd'], sentence: 'Who makes room and sends at once comes before a sleeper that was woken.' },
  { id: 'sysctl.msgmax.existing', strength: 'linux', reason: 'changed limits', cites: ['proc(5), /proc/sys/kernel/msgmax'], sentence: 'Messages longer than a MSGMAX lowered meanwhile can still be received.' },
  { id: 'sysctl.msgmnb.existing', strength: 'linux', reason: 'changed limits', cites: ['proc(5), /proc/sys/kernel/msgmnb'], sentence: 'A changed MSGMNB leaves the limits of existing queues; how far IPC_SET may raise them changes at once.' },
]
