import { type Lie, liesIn } from './lie.ts'

const errors = liesIn('message_errors.c', ['messages'], {
  'msgrcv-none-eagain': {
    breaks: 'no message of the type is EAGAIN',
    rules: 'msgrcv.enomsg',
    witness: 'Q = msgget(private); msgrcv(Q, 10, 0, IPC_NOWAIT)',
  },
  'msgsnd-full-enospc': {
    breaks: 'a full queue is ENOSPC',
    rules:
      'msgsnd.full.eagain msgsnd.full.bytes msgsnd.full.count msgsnd.larger-than-queue msgsnd.qbytes-zero',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); msgsnd(Q, 1, 6, 97, IPC_NOWAIT)',
  },
  'msgsnd-type-zero-accepted': {
    breaks: 'type 0 is sent as type 1',
    rules: 'msgsnd.mtype',
    witness: 'Q = msgget(private); msgsnd(Q, 0, 1)',
  },
  'msgsnd-largest-refused': {
    breaks: 'the largest message is one byte smaller',
    rules: 'msgsnd.ok msgsnd.return limit.msgmax msgsnd.msgsz.max msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 8192)',
  },
  'msgsnd-too-large-cut': {
    breaks: 'a message that is too large is cut',
    rules: 'msgsnd.msgsz.max limit.msgmax',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 8193)',
  },
  'msgsnd-empty-refused': {
    breaks: 'an empty message is refused',
    rules: 'msgsnd.zero-length msgsnd.ok msgsnd.full.zero-len-at-limit',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 0)',
  },
  'msgsnd-larger-than-queue-einval': {
    breaks: 'a message that can never fit into its queue is EINVAL',
    rules: 'msgsnd.larger-than-queue msgsnd.full.bytes msgsnd.full.eagain msgsnd.qbytes-zero',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); msgsnd(Q, 1, 6, 97, IPC_NOWAIT)',
  },
  'msgrcv-too-small-einval': {
    breaks: 'a buffer that is too small is EINVAL',
    rules: 'msgrcv.e2big.message-stays rcv.e2big.asleep',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 4)',
  },
  'msgrcv-large-buffer-refused': {
    breaks: 'a buffer larger than any message is refused',
    rules: 'msgrcv.ok msgrcv.return msgrcv.enomsg msgrcv.block msgrcv.select.zero',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 10000)',
  },
  'msgrcv-negative-size-accepted': {
    breaks: 'a negative size is a very large one',
    rules: 'msgrcv.msgsz.negative',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, -1)',
  },
  'msgctl-any-raise-eperm': {
    breaks: 'raising msg_qbytes needs privilege whatever the limit',
    rules: 'msgctl.set.qbytes-raise msgctl.set.fields',
    witness:
      'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); msgctl(Q, IPC_SET, own, own, 0600, 6)',
  },
  'msgctl-no-bytes-einval': {
    breaks: 'a limit of no bytes is EINVAL',
    rules: 'msgctl.set.qbytes-zero msgctl.set.qbytes-lower msgctl.set.fields',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 0)',
  },
  'msgctl-raise-capped': {
    breaks: 'too high a limit is lowered to what the system allows',
    rules: 'msgctl.set.qbytes-raise msgctl.set.qbytes-order',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 16385)',
  },
  'msgctl-rmid-always-succeeds': {
    breaks: 'IPC_RMID of an id that no queue has succeeds',
    rules: 'id.stale-einval rmid.later-einval',
    witness: 'Q = msgget(private); msgctl(Q, IPC_RMID); msgctl(Q, IPC_RMID)',
  },
})

const selection = liesIn('message_selection.c', ['messages'], {
  'msgrcv-lowest-type-ignored': {
    breaks: 'a negative type takes the first message within the bound',
    rules: 'msgrcv.select.negative.lowest-type-not-first msgrcv.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 2, 1); msgsnd(Q, 1, 1); msgrcv(Q, 10, -2)',
  },
  'msgrcv-bound-excluded': {
    breaks: 'a negative type takes only what is below the bound',
    rules: 'msgrcv.select.negative.bound-included msgrcv.ok rcv.match msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 2, 1); msgrcv(Q, 10, -2, IPC_NOWAIT)',
  },
  'msgrcv-long-min-finds-nothing': {
    breaks: 'the most negative type finds nothing',
    rules: 'msgrcv.select.negative.min msgrcv.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 2, 1); msgrcv(Q, 10, LONG_MIN, IPC_NOWAIT)',
  },
  'msgrcv-except-ignored': {
    breaks: 'MSG_EXCEPT is ignored',
    rules: 'msgrcv.select.except msgrcv.ok rcv.match',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 1); msgsnd(Q, 2, 1); msgrcv(Q, 10, 1, MSG_EXCEPT)',
  },
  'msgrcv-type-ignored': {
    breaks: 'any message will do, whatever the type',
    rules: 'msgrcv.select.positive msgrcv.enomsg msgrcv.ok msgrcv.block rcv.match',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 1); msgsnd(Q, 2, 1); msgrcv(Q, 10, 2)',
  },
  'msgrcv-type-as-bound': {
    breaks: 'a positive type is a bound like a negative one',
    rules: 'msgrcv.select.positive msgrcv.enomsg msgrcv.ok msgrcv.block rcv.match',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 1); msgsnd(Q, 2, 1); msgrcv(Q, 10, 2)',
  },
  'msgrcv-any-lowest-first': {
    breaks: 'type 0 takes the lowest type',
    rules: 'msgrcv.select.zero msgrcv.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 2, 1); msgsnd(Q, 1, 1); msgrcv(Q, 10, 0)',
  },
  'msgrcv-any-newest-type': {
    breaks: 'type 0 takes the type of the newest message',
    rules: 'msgrcv.select.zero msgrcv.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 1); msgsnd(Q, 2, 1); msgrcv(Q, 10, 0)',
  },
  'msgrcv-takes-what-fits': {
    breaks: 'a message that is too large is passed over for one that fits',
    rules: 'msgrcv.e2big.message-stays',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgsnd(Q, 2, 1); msgrcv(Q, 1, 0)',
  },
  'msgrcv-types-of-sixteen-bits': {
    breaks: 'types are compared as short integers',
    rules: 'msgrcv.select.positive msgrcv.enomsg msgrcv.ok msgrcv.block',
    witness: 'Q = msgget(private); msgsnd(Q, 65537, 1); msgrcv(Q, 10, 65537, IPC_NOWAIT)',
  },
})

const bodies = liesIn('message_bodies.c', ['messages'], {
  'msgrcv-last-byte-wrong': {
    breaks: 'the last byte of a body is lost',
    rules: 'msgrcv.ok msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 10)',
  },
  'msgrcv-second-page-lost': {
    breaks: 'what does not fit into the first page of a body is lost',
    rules: 'msgrcv.ok msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5000); msgrcv(Q, 5000)',
  },
  'msgrcv-writes-beyond': {
    breaks: 'a body gets a terminating zero',
    rules: 'msgrcv.ok msgrcv.return msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 10)',
  },
  'msgrcv-full-length-told': {
    breaks: 'a message that is cut is announced with its full length',
    rules: 'msgrcv.noerror.truncate msgrcv.return',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 3, 0, MSG_NOERROR)',
  },
  'msgrcv-noerror-ignored': {
    breaks: 'MSG_NOERROR is ignored',
    rules: 'msgrcv.noerror.truncate rcv.noerror.asleep',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 3, 0, MSG_NOERROR)',
  },
  'msgrcv-always-cuts': {
    breaks: 'messages are always cut to the buffer',
    rules: 'msgrcv.e2big.message-stays rcv.e2big.asleep',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 3)',
  },
  'msgrcv-too-large-lost': {
    breaks: 'a message that is too large for the buffer is lost',
    rules: 'msgrcv.e2big.message-stays rcv.e2big.asleep-none rcv.e2big.asleep',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 3); msgctl(Q, IPC_STAT)',
  },
  'msgrcv-type-as-asked': {
    breaks: 'the type is told as it was asked for',
    rules:
      'msgrcv.ok msgrcv.select.negative.lowest-type-not-first msgsnd.handoff-to-blocked-receiver rcv.match',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 10, -3)',
  },
  'msgrcv-empty-without-type': {
    breaks: 'the type is not stored where the body is empty',
    rules: 'msgrcv.ok msgsnd.handoff-to-blocked-receiver msgsnd.zero-length msgrcv.noerror.truncate',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 0); msgrcv(Q, 10)',
  },
  'msgsnd-one-byte-short': {
    breaks: 'one byte less is sent than was asked for',
    rules: 'msgsnd.ok msgsnd.handoff-to-blocked-receiver msgrcv.ok msgrcv.return',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgctl(Q, IPC_STAT)',
  },
  'msgsnd-returns-length': {
    breaks: 'msgsnd returns the length',
    rules: 'msgsnd.return msgsnd.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5)',
  },
})

const sleeping = liesIn('message_sleeping.c', ['messages'], {
  'msgsnd-copied-late': {
    breaks: 'what a sender sends that had to sleep is copied only when it goes',
    rules: 'msgsnd.copied-at-call',
    witness:
      'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); msgsnd(Q, 1, 5); B: msgsnd(Q, 2, 3); B: overwrite(9, 3); msgrcv(Q, 10); msgrcv(Q, 10, 2, IPC_NOWAIT)',
  },
  'msgsnd-no-wait-ignored': {
    breaks: 'a sender waits although it said IPC_NOWAIT',
    rules:
      'msgsnd.full.eagain msgsnd.full.bytes msgsnd.full.count msgsnd.larger-than-queue msgsnd.qbytes-zero',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); B: msgsnd(Q, 1, 6, 97, IPC_NOWAIT)',
  },
  'msgsnd-never-sleeps': {
    breaks: 'a sender never waits',
    rules: 'msgsnd.block msgsnd.full.bytes msgsnd.full.count msgsnd.larger-than-queue msgsnd.qbytes-zero',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); B: msgsnd(Q, 1, 6)',
  },
  'msgrcv-no-wait-ignored': {
    breaks: 'a receiver waits although it said IPC_NOWAIT',
    rules: 'msgrcv.enomsg',
    witness: 'Q = msgget(private); B: msgrcv(Q, 10, 0, IPC_NOWAIT)',
  },
  'msgrcv-never-sleeps': {
    breaks: 'a receiver never waits',
    rules: 'msgrcv.block',
    witness: 'Q = msgget(private); B: msgrcv(Q, 10)',
  },
  'msgrcv-removed-enomsg': {
    breaks: 'a receiver that sleeps on a queue that is removed returns ENOMSG',
    rules: 'rcv.rmid rmid.sleepers-eidrm',
    witness: 'Q = msgget(private); B: msgrcv(Q, 10); msgctl(Q, IPC_RMID)',
  },
  'msgsnd-removed-eintr': {
    breaks: 'a sender that sleeps on a queue that is removed returns EINTR',
    rules: 'snd.rmid rmid.sleepers-eidrm',
    witness:
      'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); B: msgsnd(Q, 1, 6); msgctl(Q, IPC_RMID)',
  },
  'msgrcv-restarts': {
    breaks: 'a sleeping receiver goes on after a handler',
    rules: 'rcv.eintr',
    witness: 'Q = msgget(private); B: sigaction(SIGUSR1, handler); B: msgrcv(Q, 10); kill(B, SIGUSR1)',
  },
  'msgsnd-interrupted-eagain': {
    breaks: 'an interrupted sender says EAGAIN',
    rules: 'snd.eintr',
    witness:
      'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); B: sigaction(SIGUSR1, handler); B: msgsnd(Q, 1, 6); kill(B, SIGUSR1)',
  },
  'msgrcv-lost-wake-up': {
    breaks: 'a sleeping receiver is never woken by a message',
    rules: 'msgsnd.handoff-to-blocked-receiver msgsnd.ok rcv.match rcv.fifo',
    witness: 'Q = msgget(private); B: msgrcv(Q, 10); msgsnd(Q, 1, 5)',
  },
  'msgrcv-bound-lost-asleep': {
    breaks: 'who sleeps for a bound is woken by the bound itself only',
    rules: 'msgsnd.handoff-to-blocked-receiver msgsnd.ok rcv.match',
    witness: 'Q = msgget(private); B: msgrcv(Q, 10, -3); msgsnd(Q, 1, 5)',
  },
  'msgsnd-lost-wake-up': {
    breaks: 'a sleeping sender is not woken when room appears',
    rules:
      'msgrcv.ok snd.wake.individually snd.qbytes-raised msgsnd.ok msgsnd.full.bytes msgctl.set.wakes snd.small-overtakes',
    witness:
      'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); msgsnd(Q, 1, 5); B: msgsnd(Q, 1, 5); msgrcv(Q, 10)',
  },
  'msgsnd-woken-sends-twice': {
    breaks: 'a sender that was asleep sends its message twice',
    rules: 'msgsnd.ok msgrcv.ok snd.wake.individually snd.qbytes-raised msgctl.set.wakes msgctl.set.fields',
    witness:
      'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); B: msgsnd(Q, 1, 6); msgctl(Q, IPC_SET, own, own, 0600, 100); msgctl(Q, IPC_STAT)',
  },
  'msgrcv-woken-takes-nothing': {
    breaks: 'a receiver that was asleep leaves the message in the queue',
    rules: 'msgsnd.handoff-to-blocked-receiver msgsnd.ok msgrcv.ok rcv.match rcv.fifo',
    witness: 'Q = msgget(private); B: msgrcv(Q, 10); msgsnd(Q, 1, 5); msgctl(Q, IPC_STAT)',
  },
})

const answers = liesIn('message_answers.c', ['messages'], {
  'msg-pids-swapped': {
    breaks: 'msg_lspid and msg_lrpid are mixed up',
    rules: 'msg.time.stime msg.time.rtime msgsnd.ok msgrcv.ok msgctl.stat msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgctl(Q, IPC_STAT)',
  },
  'msg-receiver-is-sender': {
    breaks: 'msg_lrpid is the last sender',
    rules: 'msg.time.rtime msgrcv.ok msgctl.stat msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); B: msgrcv(Q, 10); msgctl(Q, IPC_STAT)',
  },
  'msg-times-swapped': {
    breaks: 'msg_stime and msg_rtime are mixed up',
    rules: 'msg.time.stime msg.time.rtime msgsnd.ok msgrcv.ok msgctl.stat msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgctl(Q, IPC_STAT)',
  },
  'msg-rtime-never-set': {
    breaks: 'msg_rtime is never set',
    rules: 'msg.time.rtime msgrcv.ok msgctl.stat msgsnd.handoff-to-blocked-receiver',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 10); msgctl(Q, IPC_STAT)',
  },
  'msg-ctime-by-msgsnd': {
    breaks: 'msgsnd moves msg_ctime',
    rules: 'msg.time.ctime',
    witness: 'Q = msgget(private); tick(); msgsnd(Q, 1, 5); msgctl(Q, IPC_STAT)',
  },
  'msg-cbytes-with-types': {
    breaks: 'msg_cbytes counts the types with the bodies',
    rules: 'msgsnd.ok msgctl.stat msgrcv.ok',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgctl(Q, IPC_STAT)',
  },
  'msg-qnum-without-empty': {
    breaks: 'empty messages are not counted',
    rules: 'msgsnd.zero-length msgsnd.ok msgctl.stat',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 0); msgctl(Q, IPC_STAT)',
  },
  'msg-cut-leaks-room': {
    breaks: 'a message that was cut goes on taking the room of what was cut off',
    rules: 'msgrcv.noerror.truncate',
    witness: 'Q = msgget(private); msgsnd(Q, 1, 5); msgrcv(Q, 3, 0, MSG_NOERROR); msgctl(Q, IPC_STAT)',
  },
  'msg-set-keeps-qbytes': {
    breaks: 'IPC_SET does not change msg_qbytes',
    rules:
      'msgctl.set.fields msgctl.set.qbytes-lower msgctl.set.qbytes-raise ipcset.fields snd.qbytes-raised',
    witness: 'Q = msgget(private); msgctl(Q, IPC_SET, own, own, 0600, 5); msgctl(Q, IPC_STAT)',
  },
  'msgget-half-qbytes': {
    breaks: 'a new queue has half of the bytes that it should have',
    rules: 'msgget.init limit.msgmnb',
    witness: 'Q = msgget(private); msgctl(Q, IPC_STAT)',
  },
})

const keys = liesIn('keys.c', ['messages'], {
  'msgget-negative-keys-private': {
    breaks: 'a negative key finds nothing',
    rules: 'get.key-any-nonzero get.enoent get.existing get.creat get.private.key-not-findable',
    witness: 'Q = msgget(-1, IPC_CREAT|0600); R = msgget(-1, 0)',
  },
  'msgget-excl-ignored': {
    breaks: 'IPC_EXCL is ignored',
    rules: 'get.eexist',
    witness: 'Q = msgget(key1, IPC_CREAT|0600); Q2 = msgget(key1, IPC_CREAT|IPC_EXCL|0600)',
  },
  'msgget-excl-alone-counts': {
    breaks: 'IPC_EXCL without IPC_CREAT refuses a key in use',
    rules: 'get.excl-alone-ignored get.existing',
    witness: 'Q = msgget(key1, IPC_CREAT|0600); Q2 = msgget(key1, IPC_EXCL|0600)',
  },
  'msgget-always-creates': {
    breaks: 'an unused key is taken without IPC_CREAT',
    rules: 'get.enoent',
    witness: 'Q = msgget(key1, 0600)',
  },
  'msgget-execute-overlooked': {
    breaks: 'execute bits in the permission asked for are overlooked',
    rules: 'get.exec-bits-count get.perm-check',
    witness: 'Q = msgget(key1, IPC_CREAT|0600); Q2 = msgget(key1, 0700)',
  },
})

export const aboutMessages: readonly Lie[] = [
  ...errors,
  ...selection,
  ...bodies,
  ...sleeping,
  ...answers,
  ...keys,
]
