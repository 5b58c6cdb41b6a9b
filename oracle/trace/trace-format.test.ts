import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRecording } from './arbitrary-recording.ts'
import { readTrace } from './read-trace.ts'
import { traceSchema } from './schema.ts'
import type { Recording, TraceHeader } from './trace.ts'
import { TraceError } from './trace-error.ts'
import { headerText, recordingText, writeTrace } from './write-trace.ts'

const header: TraceHeader = {
  ...{ target: 'host', kernel: 'Linux 6.18', libc: 'glibc 2.36', arch: 'x86_64', mode: 'stepped' },
  identity: { uid: 0, gid: 0, mapsOthers: true },
  limits: {
    ...{ semmsl: 32000, semmns: 1024000000, semopm: 500, semmni: 32000, semvmx: 32767 },
    ...{ msgmax: 8192, msgmnb: 16384, msgmni: 32000 },
    ...{ shmmax: 18446744073692774399n, shmall: 18446744073692774399n, shmmni: 4096 },
  },
  ...{ pageSize: 4096, shmlba: 4096, arena: 0x600000000000, keyBase: 1000, initPid: 1 },
}

const wakeUp: Recording = {
  scenario: {
    title: 'A post wakes a sleeping decrease',
    steps: [
      { actor: 'A', call: { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' } },
      { actor: 'B', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] } },
      { actor: 'A', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: 1, flags: 0 }] } },
      { actor: 'A', call: { name: 'semctl.GETALL', set: 'S', semnum: 0 } },
      { actor: 'A', call: { name: 'semctl.GETVAL', set: -1, semnum: 0 } },
    ],
  },
  started: 1700000000,
  steps: [
    { seconds: 1700000000, events: [returned('A', 3)] },
    { seconds: 1700000000, events: [] },
    { seconds: 1700000001, events: [returned('A', 0), returned('B', 0)] },
    { seconds: 1700000001, events: [{ ...returned('A', 0), out: [[0]] }] },
    { seconds: 1700000001, events: [{ ...returned('A', -1), errno: 22 }] },
  ],
  problem: '',
}

function returned(actor: string, value: number) {
  return { is: 'returned', actor, value, errno: 0, out: null, clobbered: false } as const
}

const text = headerText(header) + recordingText(wakeUp)

async function readAll(input: string | AsyncIterable<Uint8Array>, name?: string): Promise<Recording[]> {
  const all: Recording[] = []
  for await (const recording of (await readTrace(input, name)).recordings) all.push(recording)
  return all
}

describe('the trace format', () => {
  it('reads as the story it tells', () => {
    expect(recordingText(wakeUp)).toBe(
      [
        '{"event":"scenario","title":"A post wakes a sleeping decrease","started":1700000000}',
        '{"event":"call","step":1,"actor":"A","call":"semget","arguments":{"key":"private","nsems":1,"flags":384},"as":"S"}',
        '{"event":"return","step":1,"actor":"A","value":3,"errno":null,"out":null}',
        '{"event":"rest","step":1,"seconds":1700000000}',
        '{"event":"call","step":2,"actor":"B","call":"semop","arguments":{"set":"S","operations":[{"sem":0,"change":-1,"flags":0}]}}',
        '{"event":"blocked","step":2,"actors":["B"]}',
        '{"event":"rest","step":2,"seconds":1700000000}',
        '{"event":"call","step":3,"actor":"A","call":"semop","arguments":{"set":"S","operations":[{"sem":0,"change":1,"flags":0}]}}',
        '{"event":"return","step":3,"actor":"A","value":0,"errno":null,"out":null}',
        '{"event":"return","step":3,"actor":"B","value":0,"errno":null,"out":null}',
        '{"event":"rest","step":3,"seconds":1700000001}',
        '{"event":"call","step":4,"actor":"A","call":"semctl.GETALL","arguments":{"set":"S","semnum":0}}',
        '{"event":"return","step":4,"actor":"A","value":0,"errno":null,"out":{"values":[0]}}',
        '{"event":"rest","step":4,"seconds":1700000001}',
        '{"event":"call","step":5,"actor":"A","call":"semctl.GETVAL","arguments":{"set":-1,"semnum":0}}',
        '{"event":"return","step":5,"actor":"A","value":-1,"errno":"EINVAL","out":null}',
        '{"event":"rest","step":5,"seconds":1700000001}',
        '{"event":"end","problem":""}',
        '',
      ].join('\n'),
    )
  })

  it('keeps header and recordings', async () => {
    expect((await readTrace(text)).header).toEqual(header)
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRecording(), { maxLength: 3 }), async (recordings) => {
        const written = headerText(header) + recordings.map(recordingText).join('')
        // A copy, because what fast-check drew also carries a mark of its own.
        expect(await readAll(written)).toEqual(structuredClone(recordings))
      }),
    )
  })

  it('goes through streams, however they are cut', async () => {
    const stream = new PassThrough({ highWaterMark: 7 })
    const recordings = [{ ...wakeUp, scenario: { ...wakeUp.scenario, title: 'Ω – 🙂' } }, wakeUp]
    const written = writeTrace(stream, header, recordings).then(() => stream.end())
    expect(await readAll(inBytes(stream))).toEqual(recordings)
    await written
  })

  it('fits its published schema, as other programs see it', async () => {
    const file = new URL('trace.schema.json', import.meta.url)
    // To publish a changed schema: remove the file, run this test, format the file.
    if (!existsSync(file)) writeFileSync(file, JSON.stringify(traceSchema, null, 2))
    const published = JSON.parse(readFileSync(file, 'utf8'))
    expect(published).toEqual(traceSchema)
    const validate = new Ajv2020({ strict: false }).compile(published)
    fc.assert(
      fc.property(arbitraryRecording(), (recording) => {
        for (const line of (headerText(header) + recordingText(recording)).trim().split('\n'))
          expect(validate(JSON.parse(line)), line).toBe(true)
      }),
    )
  })
})

describe('a wrong trace', () => {
  const lines = text.trim().split('\n')
  const withLine = (number: number, ...replacement: string[]) =>
    `${[...lines.slice(0, number - 1), ...replacement, ...lines.slice(number)].join('\n')}\n`
  const edited = (number: number, from: string, to: string) =>
    withLine(number, (lines[number - 1] ?? '').replace(from, to))

  it.each([
    ['nothing', '', 't.ndjson is empty: a trace begins with a header line'],
    ['no header', lines.slice(1).join('\n'), 't.ndjson line 1: a trace begins with a header line'],
    ['not JSON', withLine(4, 'call me'), 't.ndjson line 4: is not JSON'],
    ['not an object', withLine(4, '[]'), 't.ndjson line 4: must be an object'],
    ['no event', withLine(4, '{}'), 't.ndjson line 4: field `event` is missing'],
    ['another event', withLine(4, '{"event":"cry"}'), 'line 4: field `event`: there is no event "cry"'],
    ['a format to come', edited(1, '"version":1', '"version":2'), 'line 1: field `version`: must be 1'],
    [
      'a limit of text',
      edited(1, '"semopm":500', '"semopm":"x"'),
      'line 1: field `limits.semopm`: must be an integer',
    ],
    ['a step of text', edited(5, '"step":1', '"step":"1"'), 'line 5: field `step`: must be an integer'],
    ['a step out of turn', edited(7, '"step":2', '"step":3'), 'line 7: field `step`: must be 2'],
    ['a field too many', edited(5, '"step"', '"sleep":1,"step"'), 'line 5: field `sleep` is unknown'],
    ['a field too few', edited(4, '"errno":null,', ''), 'line 4: field `errno` is missing'],
    [
      'a call unheard of',
      edited(3, '"semget"', '"semgot"'),
      'line 3: field `call`: there is no call "semgot"',
    ],
    ['an inherited call', edited(3, '"semget"', '"toString"'), 'there is no call "toString"'],
    ['an argument too few', edited(3, '"nsems":1,', ''), 'line 3: field `arguments.nsems` is missing'],
    ['an argument too many', edited(3, '"nsems"', '"sems":1,"nsems"'), 'field `arguments.sems` is unknown'],
    [
      'a wrong argument',
      edited(3, '"private"', '0'),
      'field `arguments.key`: must be "private", the number of',
    ],
    [
      'a wrong operation',
      edited(6, '"change":-1', '"change":0.5'),
      'field `arguments.operations`: must be an array',
    ],
    [
      'a nameless result',
      edited(3, ',"as":"S"', ''),
      'line 3: field `as` is missing: semget makes something',
    ],
    ['a name for nothing', edited(6, '"step"', '"as":"X","step"'), 'line 6: field `as` is unknown'],
    [
      'an errno unheard of',
      edited(17, 'EINVAL', 'EWHAT'),
      'line 17: field `errno`: there is no errno "EWHAT"',
    ],
    [
      'an inexact integer',
      edited(4, '"value":3', '"value":9223372036854775807'),
      'field `value`: is too large',
    ],
    ['wrong out data', edited(14, '[0]', '0'), 'line 14: field `out.values`: must be an array of integers'],
    ['unknown out data', edited(14, 'values', 'value'), 'line 14: field `out.value` is unknown'],
    ['a return from nowhere', edited(4, '"actor":"A"', '"actor":"C"'), 'field `actor`: C is in no call'],
    ['a hidden sleeper', withLine(7), 'line 7: B is still in its call, but there is no blocked line'],
    [
      'a false sleeper',
      edited(7, '["B"]', '["B","A"]'),
      'line 8: A was said to be blocked, but is in no call',
    ],
    ['no rest', withLine(5), 'line 5: step 1 has no rest line'],
    ['no rest before a sleep', withLine(8), 'line 8: step 2 has no rest line'],
    ['two rests', withLine(5, lines[4] ?? '', lines[4] ?? ''), 'line 6: step 1 has its rest line already'],
    ['a header inside', withLine(9, lines[0] ?? ''), 'line 9: `header` inside a scenario'],
    ['a lost beginning', withLine(2), 'line 2: a scenario line is due, not `call`'],
    [
      'a cut line',
      text.slice(0, text.length - 40),
      't.ndjson line 18: the trace was cut off inside this line',
    ],
    [
      'a cut scenario',
      `${lines.slice(0, 12).join('\n')}\n`,
      'ends inside the scenario that begins in t.ndjson line 2',
    ],
  ])('is named: %s', async (_, wrong, message) => {
    const problem = await readAll(wrong, 't.ndjson').catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(TraceError)
    expect((problem as TraceError).message).toContain(message)
  })

  it('is a TraceError wherever it is cut', async () => {
    for (let length = 0; length < text.length - 1; length += 7)
      await expect(readAll(text.slice(0, length))).rejects.toThrow(TraceError)
  })

  it('is not read further into memory than one line', async () => {
    const endless = async function* () {
      for (;;) yield 'x'.repeat(1_000_000)
    }
    await expect(readTrace(endless())).rejects.toThrow('longer than')
  })
})

async function* inBytes(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) for (const byte of chunk) yield Uint8Array.of(byte)
}
