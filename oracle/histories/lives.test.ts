import { describe, expect, it } from 'vitest'
import { linux, type Profile, posix } from '../../model/profile.ts'
import { judgingFrom, timedCall, worldAfter } from './histories.testing.ts'
import type { TimedCall } from './history.ts'
import { judgeHistory } from './judge-history.ts'
import { shorten } from './shorten.ts'

const setup = 'A: P = fork()\nA: Q = fork()\n'

const judged = (
  lines: readonly (string | TimedCall)[],
  { before = setup, profile = linux }: { readonly before?: string; readonly profile?: Profile } = {},
) =>
  judgeHistory(
    { calls: lines.map((line) => (typeof line === 'string' ? timedCall(line) : line)) },
    judgingFrom(worldAfter(before), profile),
  ).verdict

/** Somebody was dead at the end of a call of his. */
const endedIn = (line: string): TimedCall => {
  const call = timedCall(line)
  return { ...call, seen: { is: 'ended', actor: call.actor } }
}

/** The call began when nobody could go on. */
const atRest = (line: string): TimedCall => ({ ...timedCall(line), atRest: true })

const stop = 'B 0-2 kill(P, SIGSTOP) = 0'
const go = 'B 4-6 kill(P, SIGCONT) = 0'
const stopped = 'status=4991'
const continued = 'status=65535'
const killed = 'status=9'

describe.each([linux, posix])('signals that are met later, in profile $name', (profile) => {
  const says = (...lines: readonly (string | TimedCall)[]) => judged(lines, { profile })

  it('may be unmet behind the call that sent them, but not when nobody can go on', () => {
    expect(says(stop, 'A 3-9 waitpid(P, WNOHANG|WUNTRACED) = 0')).toBe('conforms')
    expect(says(stop, atRest('A 3-9 waitpid(P, WNOHANG|WUNTRACED) = 0'))).toBe('deviates')
    expect(says(stop, atRest(`A 3-9 waitpid(P, WNOHANG|WUNTRACED) = 501 ${stopped}`))).toBe('conforms')
  })

  it('leave nobody asleep who waits for what they do', () => {
    expect(says(stop, 'A 1-(9) waitpid(P, WUNTRACED)')).toBe('deviates')
    expect(says(stop, 'A 1-(9) waitpid(P)')).toBe('conforms')
    expect(says('B 0-2 kill(P, SIGKILL) = 0', 'A 1-(9) waitpid(P)')).toBe('deviates')
    expect(says('B 0-2 kill(P, SIGKILL) = 0', 'A 1-(9) waitpid(Q)')).toBe('conforms')
  })

  it('do nothing before they are sent', () => {
    expect(says('B 5-6 kill(P, SIGSTOP) = 0', `A 1-4 waitpid(P, WUNTRACED) = 501 ${stopped}`)).toBe(
      'deviates',
    )
    expect(says('B 5-6 kill(P, SIGSTOP) = 0', `A 1-8 waitpid(P, WUNTRACED) = 501 ${stopped}`)).toBe(
      'conforms',
    )
  })

  it('keep a stopped process from whatever it has not begun', () => {
    expect(says(stop, atRest(`A 3-4 waitpid(P, WUNTRACED) = 501 ${stopped}`), 'P 5-7 getppid() = 1')).toBe(
      'deviates',
    )
  })
})

describe('who was seen in the end', () => {
  const seen = (lines: readonly string[], ended: readonly string[], stopped: readonly string[]) =>
    judgeHistory(
      { calls: lines.map(timedCall), lives: { ended, stopped } },
      judgingFrom(worldAfter(setup), linux),
    )

  it('has met what he was sent, although nobody waits for him', () => {
    expect(seen([stop], [], ['P']).verdict).toBe('conforms')
    expect(seen([stop], [], []).verdict).toBe('deviates')
    expect(seen([stop], ['P'], []).verdict).toBe('deviates')
    expect(seen(['B 0-2 kill(P, SIGKILL) = 0'], ['P'], []).verdict).toBe('conforms')
    expect(seen(['B 0-2 kill(P, SIGKILL) = 0'], [], []).verdict).toBe('deviates')
  })

  it('has not stopped nor ended by himself', () => {
    expect(seen(['B 0-2 kill(P, 0) = 0', 'B 3-4 kill(Q, SIGKILL) = 0'], ['Q'], ['P']).verdict).toBe(
      'deviates',
    )
    expect(seen(['B 0-2 kill(P, SIGCONT) = 0'], ['Q'], []).verdict).toBe('deviates')
  })

  it('may have been stopped last by either of two that send at the same time', () => {
    const both = ['B 0-9 kill(P, SIGSTOP) = 0', 'C 0-9 kill(P, SIGCONT) = 0']
    expect(seen(both, [], ['P']).verdict).toBe('conforms')
    expect(seen(both, [], []).verdict).toBe('conforms')
    expect(seen([both[0] ?? '', 'C 10-12 kill(P, SIGCONT) = 0'], [], ['P']).verdict).toBe('deviates')
  })

  it('is told with the last signal that he was sent, and the rules about it', () => {
    const { stuck } = seen([stop], [], [])
    expect(stuck?.calls).toEqual([
      { at: 0, seen: 'P is running in the end', allowed: ['P is stopped in the end'] },
    ])
    expect(stuck?.rules).toContain('kill.sends')
  })

  it('is told of him who has not met what he was sent while others still could', () => {
    const forgotten = [stop, 'B 3-4 kill(P, SIGTERM) = 0', 'B 5-6 kill(P, SIGCONT) = 0']
    const { verdict, stuck } = seen(forgotten, [], [])
    expect(verdict).toBe('deviates')
    expect(stuck?.calls).toMatchObject([
      { seen: 'P is running in the end', allowed: ['P is dead in the end'] },
    ])
    expect(stuck?.rules).toContain('signal.default.ends')
  })
})

describe('the shortest part of a history that deviates by who was stopped in the end', () => {
  it('has neither what only looks nor children that nobody met', () => {
    const judging = judgingFrom(worldAfter(''), linux)
    const history = {
      calls: [
        ...[
          'A 0-1 P = fork() = 501',
          'A 0-1 Q = fork() = 502',
          'B 4-6 kill(P, 0) = 0',
          'Q 4-5 kill(P, 0) = 0',
        ],
        ...['B 7-8 kill(P, SIGSTOP) = 0', 'A 7-9 waitpid(P, WNOHANG) = 0', 'A 10-11 waitpid(P, WNOHANG) = 0'],
      ].map(timedCall),
      lives: { ended: [], stopped: [] },
    }
    const shortened = shorten(history, judgeHistory(history, judging), judging)
    expect(shortened.judgement.verdict).toBe('deviates')
    expect(shortened.history.calls.map(({ call }) => call.name)).toEqual(['fork', 'kill'])
    expect(shortened.history.lives).toEqual(history.lives)
  })
})

describe('waitpid.each-once', () => {
  it('reports a stop once', () => {
    const both = ['A 1-8 waitpid(P, WUNTRACED) = 501 status=4991', 'A 9-10 waitpid(P, WNOHANG|WUNTRACED)']
    expect(judged([stop, both[0] as string, `${both[1]} = 501 ${stopped}`])).toBe('deviates')
    expect(judged([stop, both[0] as string, `${both[1]} = 0`])).toBe('conforms')
  })
})

describe('a stop and a continue', () => {
  it('lets a continue take the place of the stop, or not, while both come about', () => {
    const look = (result: string) => `A 1-9 waitpid(P, WUNTRACED|WCONTINUED) = 501 ${result}`
    expect(judged([stop, go, look(stopped)])).toBe('conforms')
    expect(judged([stop, go, look(continued)])).toBe('conforms')
    expect(judged([stop, go, look(killed)])).toBe('deviates')
  })

  it('tells of no continue where the stop had not come about', () => {
    expect(judged([stop, go, 'A 7-(9) waitpid(P, WUNTRACED|WCONTINUED)'])).toBe('conforms')
    expect(
      judged([stop, `A 1-3 waitpid(P, WUNTRACED) = 501 ${stopped}`, go, 'A 5-(9) waitpid(P, WCONTINUED)']),
    ).toBe('deviates')
  })
})

describe('wait.signal.eintr', () => {
  const before = `A: sigaction(SIGUSR1, handler)\n${setup}`
  const wait = 'A 1-9 waitpid(P) = EINTR'
  const signal = 'B 0-2 kill(A, SIGUSR1) = 0'

  it('interrupts who sleeps, once for each signal', () => {
    expect(judged([signal, wait], { before })).toBe('conforms')
    expect(judged([signal, wait, 'A 10-12 waitpid(P) = EINTR'], { before })).toBe('deviates')
    expect(judged([wait, stop], { before })).toBe('deviates')
  })

  it('does not interrupt where the call begins again, and leaves nobody asleep with a signal to meet', () => {
    const again = `A: sigaction(SIGUSR1, handler, SA_RESTART)\n${setup}`
    expect(judged([signal, wait], { before: again })).toBe('deviates')
    expect(judged([signal, 'A 1-(9) waitpid(P)'], { before: again })).toBe('conforms')
  })
})

describe('who is killed inside a call', () => {
  const kill = 'B 0-2 kill(P, SIGKILL) = 0'
  const last = endedIn('P 1-8 kill(Q, SIGKILL)')

  it('may have done what it began, or not', () => {
    const seen = (result: string) => judged([kill, last, atRest(`A 9-10 waitpid(Q, WNOHANG) = ${result}`)])
    expect(seen('0')).toBe('conforms')
    expect(seen(`502 ${killed}`)).toBe('conforms')
    expect(seen('502 status=15')).toBe('deviates')
  })

  it('ends once only, by one of what would end it', () => {
    const exit = endedIn('P 1-8 _exit(3)')
    const seen = (result: string) => judged([kill, exit, `A 3-9 waitpid(P) = 501 ${result}`])
    expect(seen(killed)).toBe('conforms')
    expect(seen('status=768')).toBe('conforms')
    expect(seen('status=15')).toBe('deviates')
  })
})
