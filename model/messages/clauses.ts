import { clause } from '../rule.ts'

const send = 'POSIX.1-2024 msgsnd, DESCRIPTION'
const receive = 'POSIX.1-2024 msgrcv, DESCRIPTION'
const control = 'POSIX.1-2024 msgctl, DESCRIPTION'
const sendManual = 'msgsnd(2), DESCRIPTION'
const fitsInQueue = 'Linux ipc/msg.c, msg_fits_inqueue'
const pipelined = 'Linux ipc/msg.c, pipelined_send'
const wakeup = 'Linux ipc/msg.c, ss_wakeup'
const expunge = 'Linux ipc/msg.c, msgctl_down and expunge_all'

export const threadRecorded = clause(
  'rcv.handoff.lrpid-is-thread-id',
  'shall',
  'msg_lrpid is the process of the last msgrcv; Linux stores the thread where a message was handed to a sleeping thread.',
  'POSIX.1-2024 <sys/msg.h>, msg_lrpid',
  pipelined,
)

// A queue that is full.

export const fullBytes = clause(
  'msgsnd.full.bytes',
  'may',
  'A queue is full for a message that would make its bytes exceed msg_qbytes.',
  sendManual,
  send,
)
export const fullCount = clause(
  'msgsnd.full.count',
  'may',
  'A queue is full when it holds msg_qbytes messages, also for an empty message.',
  sendManual,
  fitsInQueue,
)
export const emptyAtLimit = clause(
  'msgsnd.full.zero-len-at-limit',
  'may',
  'An empty message is accepted by a queue that holds exactly msg_qbytes bytes in fewer messages.',
  sendManual,
  fitsInQueue,
)
export const largerThanQueue = clause(
  'msgsnd.larger-than-queue',
  'may',
  'A message larger than msg_qbytes, but not than the system allows, waits for a larger limit; it is no invalid argument.',
  send,
  fitsInQueue,
)
export const limitZero = clause(
  'msgsnd.qbytes-zero',
  'unspecified',
  'Nothing can be sent to a queue with a limit of 0, not even an empty message.',
  fitsInQueue,
)
export const fullBeatsReceiver = clause(
  'msgsnd.full-beats-waiting-receiver',
  'unspecified',
  'A full queue stops a sender although a receiver sleeps that waits for just this message.',
  fitsInQueue,
)

// Sleeping senders.

export const wakeIndividually = clause(
  'snd.wake.individually',
  'unspecified',
  'When room appears every sleeping sender whose own message fits into it goes on, as long as there is room.',
  send,
  wakeup,
)
export const senderOrder = clause(
  'snd.order.not-fifo',
  'unspecified',
  'Senders that go on at the same time compete: any of them may be first, and so take the room.',
  send,
  wakeup,
)
export const smallOvertakes = clause(
  'snd.small-overtakes',
  'unspecified',
  'A sender whose message fits goes on although an older one sleeps whose message does not.',
  wakeup,
)
export const newcomer = clause(
  'snd.newcomer',
  'unspecified',
  'A new sender whose message fits does not queue behind those asleep.',
  fitsInQueue,
)
export const senderPermission = clause(
  'snd.perm-rechecked',
  'unspecified',
  'A sender that has lost its permission returns EACCES when room appears, not before, and sends nothing.',
  'Linux ipc/msg.c, do_msgsnd',
)
export const limitRaised = clause(
  'snd.qbytes-raised',
  'shall',
  'A limit raised so that the message of a sleeping sender fits lets it go on.',
  send,
  expunge,
)

// Sleeping receivers.

export const handOver = clause(
  'msgsnd.handoff-to-blocked-receiver',
  'shall',
  'A message for which a receiver sleeps is received in the step that sends it: right after it the queue does not hold it and names sender and receiver.',
  receive,
  pipelined,
)
export const receiverFifo = clause(
  'rcv.fifo',
  'unspecified',
  'Of several sleeping receivers that want the message the one asleep for the longest time gets it.',
  pipelined,
)
export const receiverMatch = clause(
  'rcv.match',
  'may',
  'Sleepers that want other types are passed over; a message that nobody wants is queued.',
  receive,
  pipelined,
)
export const boundIncluded = clause(
  'msgrcv.select.negative.bound-included',
  'shall',
  'A negative type selects also a message whose type is exactly its absolute value.',
  receive,
)
export const tooSmallAsleep = clause(
  'rcv.e2big.asleep',
  'may',
  'A sleeping receiver that wants the message but has too small a buffer returns E2BIG, and the next one is offered the message.',
  'POSIX.1-2024 msgrcv, ERRORS, [E2BIG]',
  pipelined,
)
export const allTooSmall = clause(
  'rcv.e2big.asleep-none',
  'may',
  'Where every sleeper that wants the message has too small a buffer all return E2BIG and the message is queued.',
  'POSIX.1-2024 msgrcv, ERRORS, [E2BIG]',
  pipelined,
)
export const otherTypeAsleep = clause(
  'rcv.e2big.other-type',
  'shall',
  'A sleeper that wants another type is not concerned by the size of a message.',
  receive,
)
export const cutAsleep = clause(
  'rcv.noerror.asleep',
  'shall',
  'A sleeping receiver with MSG_NOERROR and too small a buffer gets the beginning of the message.',
  receive,
)
export const receiverPermission = clause(
  'rcv.perm-rechecked',
  'unspecified',
  'IPC_SET makes every sleeping receiver check its permission again: without it EACCES is returned at once.',
  expunge,
)
export const setTransparent = clause(
  'rcv.ipcset-transparent',
  'unspecified',
  'Receivers that keep their permission sleep on after IPC_SET; their order may have changed.',
  expunge,
)

// The fields of struct msqid_ds.

export const stimeSet = clause(
  'msg.time.stime',
  'shall',
  'A successful msgsnd, also one that slept or handed its message over, sets msg_stime and msg_lspid; nothing else does.',
  send,
)
export const rtimeSet = clause(
  'msg.time.rtime',
  'shall',
  'A successful msgrcv, also one that slept, sets msg_rtime and msg_lrpid; nothing else does.',
  receive,
)
export const ctimeSet = clause(
  'msg.time.ctime',
  'shall',
  'Creation and IPC_SET set msg_ctime; sending, receiving and looking do not.',
  'POSIX.1-2024 msgget, DESCRIPTION',
  control,
)

// Buffers that cannot be written.

export const copiedAtCall = clause(
  'msgsnd.copied-at-call',
  'unspecified',
  'A sleeping sender sends what its buffer held when the call began.',
  'Linux ipc/msg.c, do_msgsnd',
)
export const lost = clause(
  'msgrcv.efault.message-lost',
  'unspecified',
  'A message that cannot be stored is lost: the call fails, and the message is off the queue.',
  'Linux ipc/msg.c, do_msgrcv',
)

// What messages share with other objects.

export const largestMessage = clause(
  'limit.msgmax',
  'shall',
  'A message of MSGMAX bytes can be sent, one of more cannot.',
  'POSIX.1-2024 msgsnd, ERRORS, [EINVAL]',
  'msgsnd(2), NOTES: MSGMAX',
)
/** The clauses of this file, for the catalogue. */
export const sharedClauses = [
  threadRecorded,
  fullBytes,
  fullCount,
  emptyAtLimit,
  largerThanQueue,
  limitZero,
  fullBeatsReceiver,
  wakeIndividually,
  senderOrder,
  smallOvertakes,
  newcomer,
  senderPermission,
  limitRaised,
  handOver,
  receiverFifo,
  receiverMatch,
  boundIncluded,
  tooSmallAsleep,
  allTooSmall,
  otherTypeAsleep,
  cutAsleep,
  receiverPermission,
  setTransparent,
  stimeSet,
  rtimeSet,
  ctimeSet,
  largestMessage,
  copiedAtCall,
  lost,
]
