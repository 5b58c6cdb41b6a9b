import { choose, fails, type Moment, note } from '../moment.ts'
import { type Clause, clause } from '../rule.ts'
import type { Sleeping } from '../sleeper.ts'
import { activityOf, idle, withProcess } from '../world.ts'
import { msgrcv } from './msgrcv.ts'
import { msgsnd } from './msgsnd.ts'
import { leave } from './queue.ts'
import { somethingChanged } from './settle.ts'
import type { QueueSleep } from './state.ts'

type Clauses = Readonly<Record<QueueSleep['does'], Clause>>

const neverRestarted = 'signal(7): msgsnd and msgrcv are never restarted'

const interrupted: Clauses = {
  send: clause(
    'snd.eintr',
    'shall',
    'A handler that runs while a sender sleeps makes msgsnd return EINTR, with SA_RESTART too; nothing is sent.',
    'POSIX.1-2024 msgsnd, ERRORS, [EINTR]',
    neverRestarted,
  ),
  receive: clause(
    'rcv.eintr',
    'shall',
    'A handler that runs while a receiver sleeps makes msgrcv return EINTR, with SA_RESTART too; no message is taken.',
    'POSIX.1-2024 msgrcv, ERRORS, [EINTR]',
    neverRestarted,
  ),
}
const ignored = clause(
  'msg.signal-ignored',
  'shall',
  'A signal that is ignored or blocked leaves a sleeping sender or receiver asleep.',
  'POSIX.1-2024 msgsnd / msgrcv, ERRORS, [EINTR]: only a signal that is caught interrupts',
  'POSIX.1-2024 2.4.4 Signal Effects on Other Functions',
)
const stopContinue: Clauses = {
  send: clause(
    'snd.stop-cont',
    'unspecified',
    'A sleeping sender that is stopped and continued starts its call again, and sleeps on where it must.',
    'Linux ipc/msg.c, do_msgsnd: ERESTARTNOHAND',
  ),
  receive: clause(
    'rcv.stop-cont',
    'unspecified',
    'A sleeping receiver that is stopped loses its place: messages go to others or are queued, and it starts its call again when it is continued.',
    'Linux ipc/msg.c, do_msgrcv: ERESTARTNOHAND',
  ),
}
const killed: Clauses = {
  send: clause(
    'snd.killed',
    'shall',
    'A sleeping sender that is killed sends nothing.',
    'POSIX.1-2024 msgsnd, DESCRIPTION; exit, CONSEQUENCES',
  ),
  receive: clause(
    'rcv.killed',
    'shall',
    'A sleeping receiver that is killed takes no message any more.',
    'POSIX.1-2024 msgrcv, DESCRIPTION; exit, CONSEQUENCES',
  ),
}

/** How sleepers on message queues meet signals. */
export const messageSleeping: Sleeping<QueueSleep> = {
  interrupted(moment, sleeper, sleep, restart) {
    note(moment, interrupted[sleep.does])
    if (restart && choose(moment, interrupted[sleep.does], 2) === 1) {
      if (activityOf(moment.world, sleeper)?.is === 'held') startAgain(moment, sleeper, sleep)
      return
    }
    leave(moment, sleeper, sleep)
    fails(moment, sleeper, 'EINTR')
    somethingChanged(moment, sleep.queue)
  },

  ignored(moment) {
    note(moment, ignored)
  },

  stopped(moment, sleeper, sleep) {
    note(moment, stopContinue[sleep.does])
    const chosen = choose(moment, stopContinue[sleep.does], 3)
    if (chosen === 2) return
    leave(moment, sleeper, sleep)
    const next = chosen === 0 ? 'restarts' : 'returns'
    moment.world = withProcess(moment.world, sleeper, { activity: { is: 'held', on: sleep, next } })
    somethingChanged(moment, sleep.queue)
  },

  continued(moment, sleeper, sleep, held) {
    if (held === 'no') return
    note(moment, stopContinue[sleep.does])
    if (held === 'returns') fails(moment, sleeper, 'EINTR')
    else startAgain(moment, sleeper, sleep)
  },

  ended(moment, sleeper, sleep) {
    note(moment, killed[sleep.does])
    leave(moment, sleeper, sleep)
    moment.world = withProcess(moment.world, sleeper, { activity: idle })
    somethingChanged(moment, sleep.queue)
  },
}

function startAgain(moment: Moment, sleeper: string, sleep: QueueSleep): void {
  if (sleep.does === 'send') msgsnd(moment, sleeper, sleep.call)
  else msgrcv(moment, sleeper, sleep.call)
}

export const sleepingClauses: readonly Clause[] = [
  ignored,
  ...[interrupted, stopContinue, killed].flatMap(({ send, receive }) => [send, receive]),
]
