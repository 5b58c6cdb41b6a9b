import { describe, expect, it } from 'vitest'
import { linux } from '../../model/profile.ts'
import { ScenarioSyntaxError } from '../../model/vocabulary/text/parse.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import { holdAgainst } from './hold-against.ts'
import { parseTrial } from './trial.ts'

const tried = (...lines: readonly string[]) => {
  const trial = parseTrial('sem-01.supports', 'supports', ['# Title', ...lines].join('\n'))
  return holdAgainst(trial, simulate(trial.scenario, aHeader(), linux), aHeader())
}

const making = 'S = semget(private, 2, 0640) -> ok'

describe('a trial', () => {
  it('is as expected where every line and condition is met', () => {
    const outcome = tried(
      'B: getpgid() -> ok',
      '# let b = value',
      making,
      '# where value > -1',
      '# let made = now',
      'B: semop(S, [1 +3]) -> 0',
      'A: semctl(S, 1, GETPID) -> ok',
      '# where value = b',
      'A: semctl(S, 0, GETALL) -> 0',
      '# where values = {0 3}',
      'A: semctl(S, 0, IPC_STAT) -> 0',
      '# where mode = 0640',
      '# where cuid = own',
      '# where cgid = own',
      '# where ctime = made',
      '# where otime != made',
    )
    expect(outcome).toEqual({ is: 'as expected' })
  })

  it('looks at who returns, and at wait statuses', () => {
    const wait = ['E = fork() -> ok', 'A: wait() -> blocks', 'E: _exit(3) -> ends', 'A: returns -> ok']
    expect(tried(...wait, '# where value = E', '# where status = exited 3').is).toBe('as expected')
    expect(tried(...wait, '# where status = exited 4').is).toBe('otherwise')
    expect(tried(...wait, '# where status != exited 3').is).toBe('otherwise')
  })

  it('comes out otherwise where its last step does, and says how', () => {
    expect(tried(making, 'A: semctl(S, 0, GETVAL) -> 1')).toEqual({
      is: 'otherwise',
      why: '`A: semctl(S, 0, GETVAL) -> 1`, but A returns 0.',
    })
  })

  it('comes out otherwise where a result is not as it should be', () => {
    expect(tried(making, 'A: semctl(S, 0, IPC_STAT) -> 0', '# where nsems = 3').is).toBe('otherwise')
    expect(tried(making, 'A: semctl(S, 0, IPC_STAT) -> 0', '# where color = 3').is).toBe('otherwise')
  })

  it('says nothing where its scene fails', () => {
    const outcome = tried('S = semget(private, 0) -> ok', 'A: semctl(S, 0, GETVAL) -> 0')
    expect(outcome).toEqual({
      is: 'not reached',
      why: '`S = semget(private, 0) -> ok`, but A returns -1 EINVAL.',
    })
  })

  it('says nothing where a step could not be made, or the harness failed', () => {
    expect(tried('S = semget(private, 1)', 'A: semop(S, [0 -1])', 'A: semop(S, [0 +1]) -> 0').is).toBe(
      'not reached',
    )
    const trial = parseTrial('a', 'supports', making)
    const recording = { scenario: trial.scenario, started: 0, steps: [], problem: 'It hung.' }
    expect(holdAgainst(trial, recording, aHeader())).toEqual({ is: 'not reached', why: 'It hung.' })
  })

  it('is decided by all that stands behind `# then`', () => {
    const failing = ['A: semctl(S, 0, GETVAL) -> 1', 'A: semctl(S, 0, GETVAL) -> 0']
    expect(tried(making, ...failing).is).toBe('not reached')
    expect(tried(making, '# then', ...failing).is).toBe('otherwise')
  })

  it('prints without title and remarks for people', () => {
    const { lines, first } = parseTrial('a', 'refutes', `# Title\n# first\n\n# A remark\n${making}\n# then\n`)
    expect(lines).toEqual(['# first', making, '# then'])
    expect(first).toBe(true)
  })

  it.each([
    ['# where value = 1', 'line 2: no step stands before it'],
    [`${making}\n# where value is 1`, 'line 3: `value is 1` is no condition'],
    [`${making}\n# let value`, 'line 3: `value` is no condition'],
    [`${making}\n# let value = 1`, 'line 3: `value = 1` is no name for a result'],
  ])('is refused where something is wrong: %#', (text, problem) => {
    expect(() => parseTrial('a', 'supports', `# Title\n${text}`)).toThrow(ScenarioSyntaxError)
    expect(() => parseTrial('a', 'supports', `# Title\n${text}`)).toThrow(problem)
  })
})
