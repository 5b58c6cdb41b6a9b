import { accepts, arriving, select, selectionOf } from '../../../model/messages/selection.ts'
import { IPC_NOWAIT, MSG_COPY } from '../../../model/vocabulary/names.ts'
import { fieldsOf } from '../strace/arguments.ts'
import { intOf, numberOf } from '../strace/numbers.ts'
import { commandOf, IPC_RMID, IPC_SET, IPC_STAT } from './command.ts'
import type { Act, Conduct, Taken } from './conduct.ts'
import { bytesOf, type Message, PRINTS, placed, printOf, sameText } from './messages.ts'

/** What is known of a queue. */
export interface Queue {
  /** Undefined: not known. */
  readonly messages: readonly Message[] | undefined
  /** How many were taken from the front, and what stands for the rest, each at its place. */
  readonly taken: number
  readonly print: number
  readonly limit: number | undefined
  readonly removed: boolean | undefined
}

export const newQueue = (isFresh: boolean): Queue => ({
  messages: isFresh ? [] : undefined,
  ...{ taken: 0, print: 0 },
  limit: undefined,
  removed: isFresh ? false : undefined,
})

type Meaning =
  | {
      readonly is: 'send'
      readonly message: Message | undefined
      readonly size: number | undefined
      readonly flags: number | undefined
    }
  | {
      readonly is: 'receive'
      readonly message: { readonly type: number; readonly text: string } | undefined
      readonly size: number | undefined
      readonly type: number | undefined
      readonly flags: number | undefined
    }
  | {
      readonly is: 'control'
      readonly command: number | undefined
      readonly fields: Readonly<Record<string, string>>
    }

function meaningOf(act: Act): Meaning {
  // Before it returned, a trace does not tell what a receiver asks for.
  if (act.meaning === undefined || act.result === undefined) {
    const meaning = understand(act)
    if (act.result === undefined) return meaning
    act.meaning = meaning
  }
  return act.meaning as Meaning
}

function understand({ call }: Act): Meaning {
  const { name, args } = call
  if (name === 'msgctl') {
    return {
      is: 'control',
      command: commandOf(args[1]),
      fields: fieldsOf(args[2]),
    }
  }
  const fields = fieldsOf(args[1])
  const type = numberOf(fields.mtype)
  const size = numberOf(args[2])
  const text = fields.mtext ?? ''
  if (name === 'msgsnd') {
    const message =
      type === undefined || size === undefined
        ? undefined
        : { type, size, text, fill: 0, overwritten: false, print: printOf(`${type} ${size} ${text}`) }
    return { is: 'send', message, size, flags: numberOf(args[3]) }
  }
  return {
    is: 'receive',
    message: type === undefined ? undefined : { type, text },
    size,
    type: numberOf(args[3]),
    flags: numberOf(args[4]),
  }
}

function take(queue: Queue, act: Act): Taken<Queue> {
  const meaning = meaningOf(act)
  const verdict = (fits: Taken<Queue>['fits'], rule: string, allowed: string, state = queue) => ({
    ...{ fits, state, rule, allowed, because: 'what is in the queue was not known yet' },
  })
  const errno = act.result?.errno ?? ''
  if (errno === 'EFAULT' && meaning.is === 'receive')
    return {
      ...verdict('open', '', '', { ...queue, messages: undefined, taken: 0, print: 0 }),
      because: 'a message that nobody got may be gone',
    }
  if (
    errno === 'EACCES' ||
    errno === 'EPERM' ||
    errno === 'EFAULT' ||
    errno === 'ENOMEM' ||
    errno === 'ENOSYS'
  )
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  if (errno === '' && queue.removed === true) return verdict('no', 'id.stale-einval', '-1 EINVAL or EIDRM')
  if (errno === 'EIDRM' && queue.removed !== true)
    return queue.removed === undefined
      ? verdict('open', '', '')
      : verdict('no', 'rmid.sleepers-eidrm', 'no EIDRM: the queue exists')
  if (errno === 'EIDRM') return verdict('yes', '', '')
  if (meaning.is === 'send') return send(queue, act, meaning, errno, verdict)
  if (meaning.is === 'receive') return receive(queue, act, meaning, errno, verdict)
  return control(queue, act, meaning, errno, verdict)
}

type Verdict = (fits: Taken<Queue>['fits'], rule: string, allowed: string, state?: Queue) => Taken<Queue>

function send(
  queue: Queue,
  act: Act,
  { message, size, flags }: Extract<Meaning, { is: 'send' }>,
  errno: string,
  verdict: Verdict,
): Taken<Queue> {
  const { messages, limit } = queue
  const bytes = messages === undefined ? undefined : bytesOf(messages)
  const isFull =
    bytes === undefined || limit === undefined || size === undefined || messages === undefined
      ? undefined
      : bytes + size > limit || messages.length + 1 > limit
  if (errno === 'EINVAL') {
    const isBad = size === undefined || size < 0 || size > 8192 || message === undefined || message.type < 1
    if (queue.removed === true || isBad) return verdict('yes', '', '')
    return queue.removed === undefined ? verdict('open', '', '') : verdict('no', 'msgsnd.id', '0 or sleep')
  }
  if (errno === 'EAGAIN') {
    if (flags !== undefined && (flags & IPC_NOWAIT) === 0)
      return verdict('never', 'msgsnd.full.eagain', '0 or sleep: IPC_NOWAIT was not given')
    if (queue.removed === true) return verdict('no', 'msgsnd.id', '-1 EINVAL')
    return isFull === undefined
      ? verdict('open', '', '')
      : isFull
        ? verdict('yes', '', '')
        : verdict('no', 'msgsnd.full.eagain', '0')
  }
  if (errno !== '')
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  if (act.result?.value !== 0 && act.result !== undefined) return verdict('never', 'msgsnd.return', '0')
  if (message === undefined)
    return {
      ...verdict('open', '', '', { ...queue, messages: undefined }),
      because: 'a message that the trace does not tell',
    }
  if (message.type < 1) return verdict('never', 'msgsnd.mtype', '-1 EINVAL')
  if (isFull === true) return verdict('no', 'msgsnd.full.bytes', 'sleep or EAGAIN')
  const next: Queue =
    messages === undefined || messages.length > MESSAGES_MAX
      ? { ...queue, removed: false, messages: undefined, taken: 0, print: 0 }
      : appended({ ...queue, removed: false }, messages, message)
  return verdict(queue.removed === undefined ? 'open' : 'yes', '', '', next)
}

const MESSAGES_MAX = 20_000

const appended = (queue: Queue, messages: readonly Message[], message: Message): Queue => ({
  ...queue,
  messages: [...messages, message],
  print: (queue.print + placed(message, queue.taken + messages.length)) % PRINTS,
})

function taken(queue: Queue, messages: readonly Message[], index: number): Queue {
  const message = messages[index]
  if (message === undefined) return queue
  if (index === 0)
    return {
      ...queue,
      messages: messages.slice(1),
      taken: queue.taken + 1,
      print: (queue.print + PRINTS - placed(message, queue.taken)) % PRINTS,
    }
  const left = messages.toSpliced(index, 1)
  const start: Queue = { ...queue, messages: left, taken: queue.taken + 1, print: 0 }
  return {
    ...start,
    print: left.reduce((sum, each, at) => (sum + placed(each, start.taken + at)) % PRINTS, 0),
  }
}

function receive(
  queue: Queue,
  act: Act,
  meaning: Extract<Meaning, { is: 'receive' }>,
  errno: string,
  verdict: Verdict,
): Taken<Queue> {
  const { message, size, type, flags } = meaning
  const lost = { ...queue, messages: undefined, taken: 0, print: 0 }
  // What it asks for is not known before it returns: it is left out of account until then.
  if (act.result === undefined) return verdict('no', '', '')
  if (type === undefined || flags === undefined || size === undefined)
    return { ...verdict('open', '', '', lost), because: 'arguments that are not understood' }
  if (errno === 'EINVAL') {
    if (queue.removed === true || size < 0 || size > 2 ** 62 || (flags & MSG_COPY) !== 0)
      return verdict('yes', '', '')
    return queue.removed === undefined
      ? verdict('open', '', '')
      : verdict('no', 'msgrcv.id', 'a message or sleep: the queue exists')
  }
  if ((flags & MSG_COPY) !== 0) return { ...verdict('open', '', ''), because: 'copies of messages' }
  const buffer = { size, flags }
  if (queue.messages === undefined)
    return errno === 'ENOMSG' && (flags & IPC_NOWAIT) === 0
      ? verdict('never', 'msgrcv.enomsg', 'sleep: IPC_NOWAIT was not given')
      : verdict('open', '', '', errno === '' ? lost : queue)
  const index = select(queue.messages, selectionOf(type, flags))
  const chosen = queue.messages[index]
  if (errno === 'ENOMSG') {
    if ((flags & IPC_NOWAIT) === 0)
      return verdict('never', 'msgrcv.enomsg', 'sleep: IPC_NOWAIT was not given')
    return chosen === undefined
      ? verdict('yes', '', '')
      : verdict('no', 'msgrcv.enomsg', wordsOf(chosen, buffer))
  }
  if (errno === 'E2BIG')
    return chosen !== undefined && !accepts(buffer, chosen.size)
      ? verdict('yes', '', '')
      : verdict(
          'no',
          'msgrcv.e2big.message-stays',
          chosen === undefined ? 'sleep or ENOMSG' : wordsOf(chosen, buffer),
        )
  if (errno !== '')
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  if (chosen === undefined) return verdict('no', 'msgrcv.block', 'sleep or ENOMSG: no such message')
  if (!accepts(buffer, chosen.size)) return verdict('no', 'msgrcv.e2big.message-stays', '-1 E2BIG')
  const next = taken({ ...queue, removed: false }, queue.messages, index)
  const length = arriving(buffer, chosen.size)
  if (act.result.value !== length) return verdict('no', 'msgrcv.return', wordsOf(chosen, buffer))
  if (message === undefined)
    return { ...verdict('open', '', '', next), because: 'a message that the trace does not tell' }
  if (message.type !== chosen.type)
    return verdict('no', ruleOfSelection(type, flags), wordsOf(chosen, buffer))
  if (!sameText(message.text, chosen.text, length)) return verdict('no', 'msgrcv.ok', wordsOf(chosen, buffer))
  return verdict('yes', '', '', next)
}

const ruleOfSelection = (type: number, flags: number) => {
  const { mode } = selectionOf(type, flags)
  return {
    any: 'msgrcv.select.zero',
    equal: 'msgrcv.select.positive',
    except: 'msgrcv.select.except',
    atMost: 'msgrcv.select.negative.lowest-type-not-first',
  }[mode]
}

const wordsOf = (message: Message, buffer: { size: number; flags: number }) =>
  accepts(buffer, message.size)
    ? `${arriving(buffer, message.size)}, type ${message.type}, ${message.text}`
    : '-1 E2BIG'

function control(
  queue: Queue,
  act: Act,
  { command, fields }: Extract<Meaning, { is: 'control' }>,
  errno: string,
  verdict: Verdict,
): Taken<Queue> {
  if (command !== IPC_RMID && command !== IPC_SET && command !== IPC_STAT)
    return { ...verdict('open', '', ''), because: 'commands of ipcs' }
  if (errno === 'EINVAL') {
    if (queue.removed === true) return verdict('yes', '', '')
    return queue.removed === undefined || command === IPC_SET
      ? verdict('open', '', '')
      : verdict('no', 'id.stale-einval', 'no EINVAL: the queue exists')
  }
  if (errno !== '')
    return { ...verdict('open', '', ''), because: 'an error that depends on more than the trace tells' }
  if (act.result !== undefined && act.result.value !== 0)
    return verdict('never', `msgctl.${command === IPC_RMID ? 'rmid' : 'stat'}`, '0')
  const there = { ...queue, removed: false }
  if (command === IPC_RMID) return verdict('yes', '', '', { ...queue, removed: true, messages: [], print: 0 })
  const limit = numberOf(fields.msg_qbytes)
  if (command === IPC_SET)
    return verdict(queue.removed === false ? 'yes' : 'open', '', '', {
      ...there,
      limit: limit ?? queue.limit,
    })
  const count = intOf(fields.msg_qnum)
  if (count === undefined || queue.messages === undefined) return verdict('open', '', '', there)
  if (count !== queue.messages.length)
    return verdict('no', 'msgctl.stat', `msg_qnum=${queue.messages.length}`)
  if (limit !== undefined && queue.limit !== undefined && limit !== queue.limit)
    return verdict('no', 'msgctl.stat', `msg_qbytes=${queue.limit}`)
  return verdict('yes', '', '', there)
}

function learn(queue: Queue, act: Act): Queue {
  const meaning = meaningOf(act)
  const errno = act.result?.errno
  if (meaning.is === 'control' && meaning.command === IPC_STAT && errno === '') {
    const limit = numberOf(meaning.fields.msg_qbytes) ?? queue.limit
    const isEmpty = intOf(meaning.fields.msg_qnum) === 0
    return { ...queue, limit, removed: false, messages: queue.messages ?? (isEmpty ? [] : undefined) }
  }
  if (meaning.is === 'receive' && errno === 'ENOMSG' && meaning.type === 0 && queue.messages === undefined)
    return { ...queue, removed: false, messages: [] }
  return queue
}

export const queueConduct: Conduct<Queue> = {
  unknown: ({ limit, removed }) => ({
    ...{ messages: undefined, taken: 0, print: 0, limit },
    removed: removed === true ? true : undefined,
  }),
  key: ({ messages, taken, print, limit, removed }) =>
    `${removed} ${limit} ${messages?.length} ${taken} ${print}`,
  changes(act) {
    const meaning = meaningOf(act)
    // Linux takes a message off before it finds that there is nowhere to put it.
    if (act.result?.errno === 'EFAULT' && meaning.is === 'receive') return true
    if (act.result !== undefined && (act.result.errno !== '' || act.result.value === null))
      return act.result.value === null
    return meaning.is !== 'control' || meaning.command === IPC_RMID || meaning.command === IPC_SET
  },
  take,
  learn,
  counts: () => false,
  // What a receiver asks for is told when it returns, and whether there is room for a sender is not known.
  awakes: ({ removed }, act) =>
    removed === true && meaningOf(act).is !== 'control'
      ? { rule: 'rmid.sleepers-eidrm', allowed: '-1 EIDRM' }
      : undefined,
}
