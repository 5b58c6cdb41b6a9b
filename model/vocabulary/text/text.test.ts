import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Call, type FormName, formNames, formOf } from '../forms.ts'
import {
  INT_MAX,
  INT_MIN,
  LONG_MAX,
  LONG_MIN,
  POISON,
  receiveFlags,
  sendFlags,
  signals,
  waitOptions,
} from '../names.ts'
import type { Scenario, Step } from '../scenario.ts'
import type { Argument, ArgumentTypes, Long } from '../shape.ts'
import { parseCall, parseNumber, parseScenario, ScenarioSyntaxError } from './parse.ts'
import { printCall, printFlags, printInt, printScenario, printStep } from './print.ts'

const ints = fc.oneof(fc.integer(), fc.constantFrom(0, -1, INT_MIN, INT_MAX))
const longs: fc.Arbitrary<Long> = fc
  .oneof(ints.map(BigInt), fc.bigInt({ min: LONG_MIN, max: LONG_MAX }), fc.constantFrom(LONG_MIN, LONG_MAX))
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value))
const variables = fc.constantFrom('S', 'S2', 'Q', 'message_queue')
const actors = fc.constantFrom('A', 'B', 'E', 'E2')
const plain = { noNullPrototype: true } as const

const kinds: { readonly [K in Argument['kind']]: fc.Arbitrary<ArgumentTypes[K]> } = {
  int: ints,
  long: longs,
  flags: ints,
  signal: fc.oneof(ints, fc.constantFrom(...Object.values(signals))),
  id: fc.oneof(ints, variables),
  key: fc.oneof(fc.constant('private' as const), fc.integer({ min: 1, max: 99 })),
  process: fc.oneof(
    ints,
    actors,
    actors.map((actor) => `-${actor}`),
  ),
  address: fc.record(
    { base: fc.oneof(fc.constantFrom('null', 'arena', 'literal'), variables), offset: ints },
    plain,
  ),
  user: fc.oneof(fc.constant('own' as const), ints),
  operations: fc.array(fc.record({ sem: fc.nat(65535), change: ints, flags: ints }, plain), { maxLength: 4 }),
  values: fc.array(ints, { maxLength: 4 }),
  timeout: fc.oneof(fc.constant('none' as const), fc.record({ seconds: longs, nanoseconds: longs }, plain)),
}

/** Any value that the argument may have, its named values and the one that may be left out among them. */
function argumentValues({ kind, names, otherwise }: Argument): fc.Arbitrary<unknown> {
  const named = Object.values(names?.of ?? {})
  const all: fc.Arbitrary<unknown>[] = [kinds[kind]]
  if (named.length > 0) all.push(fc.constantFrom(...named))
  if (named.length > 0 && kind === 'flags')
    all.push(fc.subarray(named).map((bits) => bits.reduce((flags, bit) => flags | bit, 0)))
  if (otherwise !== undefined) all.push(fc.constant(otherwise))
  return fc.oneof(...all)
}

function callsOf(name: FormName): fc.Arbitrary<Call> {
  const form = formOf(name)
  const fields: Record<string, fc.Arbitrary<unknown>> = { name: fc.constant(name) }
  for (const argument of form.arguments) fields[argument.name] = argumentValues(argument)
  if (form.makes !== undefined) fields.as = variables
  return fc.record(fields, plain) as unknown as fc.Arbitrary<Call>
}

const isDriverStep = (name: FormName) => formOf(name).pseudo === true
const steps = fc.oneof(
  fc.constantFrom<Step>({ actor: 'A', call: { name: 'tick' } }, { actor: 'B', call: { name: 'expires' } }),
  fc
    .constantFrom(...formNames.filter((name) => !isDriverStep(name)))
    .chain((name) => fc.record({ actor: actors, call: callsOf(name) }, plain)),
)

describe('the scenario text', () => {
  it.each(formNames.filter((name) => !isDriverStep(name)))('%s reads as it was written', (name) => {
    fc.assert(
      fc.property(callsOf(name), (call) => {
        expect(parseCall(`${'as' in call ? `${call.as} = ` : ''}${printCall(call)}`)).toEqual(call)
      }),
    )
  })

  it('of whole scenarios reads as it was written', () => {
    const titles = fc.constantFrom('', 'A post wakes', 'with: colon')
    const scenarios: fc.Arbitrary<Scenario> = fc.record({ title: titles, steps: fc.array(steps) }, plain)
    fc.assert(
      fc.property(scenarios, (scenario) => {
        expect(parseScenario(printScenario(scenario)).scenario).toEqual(scenario)
      }),
      { numRuns: 200 },
    )
  })
})

describe('printed', () => {
  it.each<[Step, string]>([
    [
      { actor: 'B', call: { name: 'semop', set: 'S', operations: [{ sem: 0, change: -1, flags: 0 }] } },
      'B: semop(S, [0 -1])',
    ],
    [
      { actor: 'A', call: { name: 'semget', key: 'private', nsems: 1, flags: 0o600, as: 'S' } },
      'A: S = semget(private, 1)',
    ],
    [
      { actor: 'A', call: { name: 'semget', key: 2, nsems: 1, flags: 0o1640, as: 'S' } },
      'A: S = semget(key2, 1, IPC_CREAT|0640)',
    ],
    [
      { actor: 'A', call: { name: 'semctl.SETVAL', set: 'S', semnum: 1, value: 5 } },
      'A: semctl(S, 1, SETVAL, 5)',
    ],
    [
      { actor: 'A', call: { name: 'semctl.IPC_SET', set: 'S', uid: 'own', gid: -1, mode: 0o600 } },
      'A: semctl(S, 0, IPC_SET, own, -1, 0600)',
    ],
    [{ actor: 'A', call: { name: 'msgctl.other', queue: 'Q', command: 999 } }, 'A: msgctl(Q, 999)'],
    [
      { actor: 'A', call: { name: 'msgrcv', queue: 'Q', size: LONG_MAX, type: LONG_MIN, flags: 0 } },
      'A: msgrcv(Q, LONG_MAX, LONG_MIN)',
    ],
    [{ actor: 'A', call: { name: 'shmdt', address: { base: 'P', offset: 1 } } }, 'A: shmdt(P+1)'],
    [{ actor: 'A', call: { name: 'kill', process: '-B', signal: 9 } }, 'A: kill(-B, SIGKILL)'],
    [{ actor: 'A', call: { name: 'kill', process: INT_MIN, signal: 0 } }, 'A: kill(INT_MIN, 0)'],
    [
      { actor: 'A', call: { name: 'sigprocmask.SIG_BLOCK', signal: 17 } },
      'A: sigprocmask(SIG_BLOCK, SIGCHLD)',
    ],
    [{ actor: 'A', call: { name: 'tick' } }, 'tick()'],
    [{ actor: 'B', call: { name: 'expires' } }, 'B: expires'],
  ])('prints each kind of argument (%#)', (step, text) => expect(printStep(step)).toBe(text))

  it('names bits, and shows the rest as octal mode or as hexadecimal', () => {
    expect(printFlags(0, sendFlags)).toBe('0')
    expect(printFlags(0o4000, sendFlags)).toBe('IPC_NOWAIT')
    expect(printFlags(0o14000, receiveFlags)).toBe('IPC_NOWAIT|MSG_NOERROR')
    expect(printFlags(0o4777, sendFlags)).toBe('IPC_NOWAIT|0777')
    expect(printFlags(0x4000, sendFlags)).toBe('0x4000')
    expect(printFlags(-1, waitOptions)).toBe(
      'WNOHANG|WUNTRACED|WCONTINUED|WEXITED|WNOWAIT|__WNOTHREAD|__WALL|__WCLONE|0x1efffff0',
    )
  })

  it('tells integers that were not written', () => {
    expect(printInt(POISON)).toBe('untouched')
    expect(printInt(-3)).toBe('-3')
  })
})

describe('parseNumber', () => {
  it.each<[string, Long]>([
    ['12', 12],
    ['-12', -12],
    ['+3', 3],
    ['0', 0],
    ['0600', 0o600],
    ['-0600', -0o600],
    ['0x1F', 31],
    ['-0x10', -16],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['INT_MAX', INT_MAX],
    ['LONG_MIN', LONG_MIN],
  ])('%s', (word, number) => expect(parseNumber(word)).toBe(number))
  it('knows the names of the argument', () => expect(parseNumber('IPC_NOWAIT', sendFlags)).toBe(0o4000))
})

describe('parseScenario', () => {
  const text = `
    # A title
    # rules: semop.inc semop.dec
    # a remark

    S = semget(private, 1)   -> ok
    B: semop(S, [0 -1 IPC_NOWAIT|SEM_UNDO])  -> EAGAIN   # why
    B: semop(S, [0 -1])      -> blocks
    A: semctl(S, 0, GETVAL)  -> 0
    B: returns               -> EIDRM
    A: load(null)            -> SIGSEGV
    A: _exit(0)              -> ends
    B: expires
  `
  const { scenario, rules, lines } = parseScenario(text)

  it('takes the first comment as title, and the rules', () => {
    expect(scenario.title).toBe('A title')
    expect(rules).toEqual(['semop.inc', 'semop.dec'])
  })
  it('reads each kind of expectation', () =>
    expect(lines.map(({ expectation }) => expectation)).toEqual([
      { is: 'ok' },
      { is: 'errno', errno: 'EAGAIN' },
      { is: 'blocks' },
      { is: 'value', value: 0 },
      { is: 'errno', errno: 'EIDRM' },
      { is: 'fault', signal: 'SIGSEGV' },
      { is: 'ends' },
      { is: 'none' },
    ]))
  it('numbers lines from 1', () =>
    expect(lines.map(({ line }) => line)).toEqual([6, 7, 8, 9, 10, 11, 12, 13]))
  it('lets A act where nobody is named', () => expect(scenario.steps[0]?.actor).toBe('A'))
  it('makes no step of what returns', () => {
    expect(lines[4]).toMatchObject({ step: 'returns', actor: 'B' })
    expect(scenario.steps).toHaveLength(7)
  })
  it('puts the semaphore number in its place', () => {
    expect(parseCall('semctl(S, 7, SETALL, {1 2})')).toEqual({
      name: 'semctl.SETALL',
      set: 'S',
      values: [1, 2],
      semnum: 7,
    })
    expect(parseCall('semctl(S, 7, IPC_SET, own, own, 0)')).toMatchObject({ set: 'S', uid: 'own', mode: 0 })
  })
})

describe('a line that cannot be read', () => {
  it.each([
    ['nonsense', 'expected call(arguments)'],
    ['frobnicate(1)', 'unknown call `frobnicate`'],
    ['semctl(S, 0, GETNOTHING)', 'unknown command `GETNOTHING` of semctl'],
    ['semctl(S)', 'unknown command `` of semctl'],
    ['semop(S)', 'semop lacks its argument `operations`'],
    ['semop(S, [0 -1], 3)', 'semop takes 2 arguments, not 3'],
    ['semget(private, 1)', 'semget makes something: name it, as in `X = semget(…)`'],
    ['X = semop(S, [0 -1])', 'semop makes nothing to name `X`'],
    [
      'S = semget(key0, 1)',
      'argument `key`: `key0` is no key (private, key1, key2, …, or a negative number)',
    ],
    ['S = semget(private, one)', 'argument `nsems`: `one` is no number'],
    ['semop(S, 0 -1)', 'argument `operations`: expected […], found `0 -1`'],
    ['semop(S, [0 -1 0 0])', 'argument `operations`: `0 -1 0 0` is no operation (number change flags)'],
    ['semop(S, [0])', 'argument `operations`: `` is no number'],
    ['semop(S, [0 -1 IPC_CREAT])', 'argument `operations`: `IPC_CREAT` is no number'],
    ['semop(S!, [0 -1])', 'argument `set`: `S!` is no variable'],
    ['semctl(S, 0, SETALL, [1])', 'argument `values`: expected {…}, found `[1]`'],
    ['shmdt(5)', 'argument `address`: `5` is no address (null, arena+4096, P+1, @5)'],
    ['kill(B, SIGNOTHING)', 'argument `signal`: `SIGNOTHING` is no number'],
    ['kill(-, SIGKILL)', 'argument `process`: `` is no variable'],
    ['semop(S, [0 -1]) -> perhaps', '`perhaps` is no number'],
  ])('%s', (line, fault) => {
    const read = () => parseScenario(`# Title\n\nB: ${line}\n`)
    expect(read).toThrow(ScenarioSyntaxError)
    expect(read).toThrow(new RegExp(`^line 3: ${fault.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}: `))
  })
})
