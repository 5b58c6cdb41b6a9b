import { describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from './a-run.testing.ts'
import { consoleFormat } from './console.ts'
import type { ReportedRun } from './reported-run.ts'

const render = (run: ReportedRun, verbose = false, colour = false) =>
  consoleFormat.render(run, { columns: 80, colour, verbose })

const lastLine = (run: ReportedRun) => render(run).trimEnd().split('\n\n').at(-1)?.replaceAll('\n', ' ')

describe('the console report', () => {
  it('says whose doing the deviations are, and how that is known', () => {
    const sentence = "the C library's wrapper: the same scenario conforms with syscall(2)"
    const ofLibrary = { ...aDeviation, blame: { on: 'C library' as const, sentence, compared: [] } }
    const open = {
      ...aDeviation,
      blame: { on: 'unknown' as const, sentence: 'not established', compared: [] },
    }
    const text = render(
      aRun({ targets: [aTarget({ deviations: [ofLibrary, open, ofLibrary, aDeviation] })] }),
    )
    expect(text).toMatch(/blame {6}the C library for 2 deviations, not established for 1\s+deviation\n/)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`blame ${sentence}`)
    expect(render(aRun({ targets: [aTarget({ deviations: [aDeviation] })] }))).not.toContain('blame')
  })

  it('says what an exhaustive run covered, which has no seed', () => {
    const scope = {
      family: 'semaphores',
      complete: true,
      length: 1,
      programs: 7,
      ran: 7,
      ended: 0,
      leftOut: 0,
    }
    const sentence = 'semaphores: all 7 programs of at most 1 call.'
    const covered = [{ ...scope, sentence, lengths: [{ length: 1, programs: 7, ran: 7 }] }]
    const run = aRun({ targets: [aTarget({ covered })] })
    expect(render(run)).toContain(`  covered    ${sentence}\n`)
    expect(lastLine(run)).toMatch(/190,223 steps\.$/)
  })

  it('says what ran where, how much, what it reached, what deviates, and the verdict', () => {
    const run = aRun({ verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation] })] })
    expect(render(run)).toMatchInlineSnapshot(`
      "host: 6.1.0, x86_64, glibc 2.36
        conditions actors run as uid 1000, gid 1000; sleep is seen in /proc
        ran        21,034 scenarios, 190,223 steps in 18.0 s (1,166 scenarios/s,
                   10,545 steps/s)
        rules      3 of 4 exercised, 2 met; --verbose lists the others
          semaphores    2 of 2 exercised, 1 met
          messages      0 of 1 exercised, 0 met
          common        1 of 1 exercised, 1 met

      1. semop.sempid  deviation, in 12 scenarios
         A completed array records the caller as the last process of every semaphore
         it names.
         Source: POSIX.1-2024 semop, DESCRIPTION

           # A title
           A: S = semget(private, 1)  # A returns 5
           B: semop(S, [0 +1])        # B returns 0
         > A: semctl(S, 0, GETPID)    # A returns 0

         observed  A returns 0
         allowed   A returns the pid of B
         see also  semctl.getpid
         replay    ipc-oracle replay runs/x/findings/semop.sempid/finding.scenario

      host deviates from profile linux: 1 rule is broken, semop.sempid (seed 42).
      "
    `)
  })

  it('lists untested rules when asked', () => {
    expect(render(aRun(), true)).toContain('untested      msgsnd.full.bytes')
  })

  it('has colour only where it is wanted', () => {
    expect(render(aRun())).not.toContain('\u001b')
    expect(render(aRun(), false, true)).toContain('\u001b[32m')
  })

  it('shows at most three scenarios that were left open', () => {
    const open = { scenario: 'A: fork()\n', reason: 'it hung' }
    const text = render(
      aRun({ verdict: 'inconclusive', targets: [aTarget({ inconclusive: new Array(5).fill(open) })] }),
    )
    expect(text.match(/it hung/g)).toHaveLength(3)
    expect(text).toContain('… and 2 more scenarios')
  })

  it('quotes the expectation that should be deleted', () => {
    const stale = { rule: 'semop.inc', at: 'known.txt line 3', text: 'semop.inc old kernel' }
    const text = render(aRun({ verdict: 'deviates', staleExpectations: [stale] }))
    expect(text).toContain('Delete known.txt line 3:\n   semop.inc old kernel')
    expect(text).toContain('host is better than expected: 1 expected deviation no longer occurs')
  })
})

describe('the last line', () => {
  it.each<[string, Partial<ReportedRun>, string]>([
    ['conforms', {}, 'host conforms to profile linux: 21,034 scenarios, 190,223 steps, seed 42.'],
    [
      'conforms apart from what is expected',
      { targets: [aTarget({ deviations: [{ ...aDeviation, expected: true }] })] },
      'host conforms to profile linux, apart from 1 expected deviation: 21,034 scenarios, 190,223 steps, seed 42.',
    ],
    [
      'deviates',
      { verdict: 'deviates', targets: [aTarget({ deviations: [aDeviation, aDeviation] })] },
      'host deviates from profile linux: 1 rule is broken, semop.sempid (seed 42).',
    ],
    [
      'was interrupted',
      { verdict: 'inconclusive', interrupted: true },
      'Inconclusive: the run was interrupted before its end and had found no deviation so far, seed 42.',
    ],
    [
      'was interrupted, and what deviates is known',
      {
        ...{ verdict: 'inconclusive', interrupted: true },
        targets: [aTarget({ deviations: [{ ...aDeviation, expected: true }] })],
      },
      'Inconclusive: the run was interrupted before its end and had found no unexpected deviation so far, seed 42.',
    ],
    [
      'did not run',
      { verdict: 'inconclusive', targets: [aTarget({ scenarios: 0, errors: ['No C compiler.'] })] },
      'Inconclusive: target host ran no scenario.',
    ],
    [
      'could not be stored',
      { verdict: 'inconclusive', problems: ['the disk is full'] },
      'Inconclusive: no deviation was found, but the run could not be stored.',
    ],
  ])('%s', (_, change, sentence) => {
    expect(lastLine(aRun(change))).toBe(sentence)
  })
})
