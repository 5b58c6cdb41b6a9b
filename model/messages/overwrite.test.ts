import { describe, expect, it } from 'vitest'
import { posix } from '../profile.ts'
import { only, outcomesAfter, small } from './scenes.testing.ts'

const asleep = [...small, 'msgsnd(Q, 1, 10)', 'B: msgsnd(Q, 2, 3, 50)']
const received = (lines: readonly string[]) => {
  const event = only(...lines).events.find(({ actor }) => actor === 'A')
  return event?.is === 'returned' ? event.result.out : null
}

describe('msgsnd.copied-at-call', () => {
  it('sends what there was when the call began', () => {
    const after = [...asleep, 'B: overwrite(9, 200)', 'msgrcv(Q, 10)', 'msgrcv(Q, 10)']
    expect(received(after)).toMatchObject({ type: 2, fill: 50 })
    expect(only(...after).rules).toContain('msgsnd.copied-at-call')
  })

  it('sends what there is where the call begins again', () => {
    const again = [...asleep, 'kill(B, SIGSTOP)', 'B: overwrite(9, 200)', 'kill(B, SIGCONT)']
    expect(received([...again, 'msgrcv(Q, 10)', 'msgrcv(Q, 10)'])).toMatchObject({ type: 9, fill: 200 })
  })

  it('is left open: the body or all of the message may be copied later', () => {
    const sent = (line: string) =>
      outcomesAfter([...asleep, line], posix).map(({ world }) => {
        const activity = world.processes.B?.activity
        const on = activity?.is === 'asleep' && activity.on.in === 'messages' ? activity.on : undefined
        return on?.does === 'send' ? [on.message.type, on.message.fill].join() : ''
      })
    expect(sent('B: overwrite(9, 200)').toSorted()).toEqual(['2,200', '2,50', '9,200'])
    expect(sent('B: overwrite(9, 300)').toSorted()).toEqual(['2,44', '2,50', '9,44'])
  })

  it('is about nobody who does not send', () => {
    expect(only(...small, 'B: overwrite(9, 200)').rules).toEqual([])
  })
})
