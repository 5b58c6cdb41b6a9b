import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/vocabulary/scenario.ts'
import { TargetProblem } from '../problems.ts'
import type { ProbeConnection } from './probe-connection.ts'
import { startProbe } from './probe-process.ts'
import type { ProbeStart } from './probe-start.ts'

const hello = {
  ...{ protocol: 1, littleEndian: true, pointerBytes: 8, kernel: 'Linux', machine: 'x86_64', libc: 'none' },
  ...{
    pageSize: 4096,
    shmlba: 4096,
    arena: 4096,
    keyBase: 1,
    uid: 0,
    gid: 0,
    mapsOthers: false,
    identities: 'none',
    initPid: 1,
  },
  ...{ detection: 'fifo', ipcNamespace: true, pidNamespace: true, changesLimits: false, programs: false },
  ...{ missingWrappers: [], missingCalls: [] },
  ...{ changesPids: false, hugePages: { size: 0, available: 0, group: 'unknown' } },
  limits: {
    ...{ semmsl: 1, semmns: 1, semopm: 1, semmni: 1, semvmx: 1, msgmax: 1, msgmnb: 1, msgmni: 1 },
    ...{ shmmax: 1, shmall: 1, shmmni: 1 },
  },
}

/** A probe of a few lines: it says hello and answers that nothing happened; `react(n)` runs before the n-th answer. */
const fake = (react = '', before = '') => `
  const text = ${JSON.stringify(JSON.stringify(hello))}.padEnd(2000)
  const frame = (kind, payload) => Buffer.concat([Buffer.from(Uint32Array.of(payload.length, kind).buffer), payload])
  const words = (...all) => Buffer.from(Int32Array.from(all).buffer)
  const say = (bytes) => require('fs').writeSync(1, bytes)
  const react = (n) => { ${react} }
  ${before}
  say(frame(1, Buffer.from(text)))
  let input = Buffer.alloc(0)
  let n = 0
  process.stdin.on('data', (chunk) => {
    input = Buffer.concat([input, chunk])
    while (input.length >= 24 && input.length >= 8 + input.readUInt32LE(0)) {
      if (react(++n) === false) return
      const steps = input.readInt32LE(20)
      say(frame(3, words(input.readInt32LE(8), 0, 5, steps, ...Array(steps * 2).fill(0))))
      input = input.subarray(8 + input.readUInt32LE(0))
    }
  })
`

const open: ProbeConnection[] = []

async function start(script: string, more: Partial<ProbeStart> = {}): Promise<ProbeConnection> {
  const probe = await startProbe({ target: 'fake', command: [process.execPath, '-e', script], ...more })
  open.push(probe)
  return probe
}

afterEach(async () => {
  for (const probe of open.splice(0)) await probe.close()
})

const scenario = (title: string): Scenario => ({
  title,
  steps: [
    { actor: 'A', call: { name: 'getppid' } },
    { actor: 'B', call: { name: 'getppid' } },
  ],
})

const batch = (...titles: string[]) => titles.map(scenario)

/** The problem that the promise ends in. */
async function problemOf(promise: Promise<unknown>): Promise<TargetProblem> {
  const problem = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(problem).toBeInstanceOf(TargetProblem)
  return problem as TargetProblem
}

const startSh = (script: string, more: Partial<ProbeStart> = {}) =>
  startProbe({ target: 'fake', command: ['sh', '-c', script], ...more })

describe('startProbe', () => {
  it('answers batches in order, several at once', async () => {
    const probe = await start(fake())
    expect(probe.hello).toEqual(hello)
    const answers = await Promise.all([
      probe.run(batch('a', 'b')),
      probe.run([]),
      probe.run(batch('c')),
      probe.run(Array.from({ length: 300 }, (_, index) => scenario(`${index}`))),
    ])
    expect(answers.map((recordings) => recordings.length)).toEqual([2, 0, 1, 300])
    expect(answers.flat().map(({ scenario }) => scenario.title)).toEqual([
      ...['a', 'b', 'c'],
      ...Array.from({ length: 300 }, (_, index) => `${index}`),
    ])
    expect(answers[0]?.[0]).toEqual({
      scenario: scenario('a'),
      started: 5,
      steps: [
        { seconds: 0, events: [] },
        { seconds: 0, events: [] },
      ],
      problem: '',
    })
  })

  it('puts the prefix before the probe', async () => {
    const probe = await start(fake('', 'if (process.env.WORD !== "two words") process.exit(9)'), {
      wrap: 'env "WORD=two words"',
    })
    expect(await probe.run(batch('a'))).toHaveLength(1)
  })

  it('sends nothing of a batch with a wrong scenario, and goes on', async () => {
    const probe = await start(fake())
    const wrong: Scenario = { title: '', steps: [{ actor: 'E', call: { name: 'getppid' } }] }
    await expect(probe.run([scenario('a'), wrong])).rejects.toThrow('no actor E')
    expect(await probe.run(batch('b'))).toHaveLength(1)
  })

  it('waits as long as the steps of a scenario need', async () => {
    const probe = await start(fake('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2300)'), {
      replyWithin: 2,
    })
    const patient: Scenario = { title: '', steps: [{ actor: 'A', call: { name: 'tick' } }] }
    expect(await probe.run([patient])).toHaveLength(1)
  })
})

describe('a probe that cannot be used', () => {
  it.each([
    ['exits at once', 'exit 0', 'exited', 'exited with status 0'],
    ['fails', 'echo no namespace >&2; exit 3', 'exited', 'It said: no namespace'],
    ['is killed', 'kill -9 $$', 'exited', 'was killed by SIGKILL'],
    ['prints text', 'echo Hello, world; exec sleep 60', 'garbage', 'Hello, world'],
    ['prints noise', 'exec head -c 100000 /dev/urandom', 'garbage', 'not the protocol'],
    ['prints zeros without end', 'exec cat /dev/zero', 'garbage', 'not the protocol'],
    ['says nothing', 'exec sleep 60', 'hung', 'did not answer within 0.3 s'],
    ['closes its output', 'exec >&-; exec sleep 60', 'exited', 'closed its output'],
    ['says why', `printf '\\014\\0\\0\\0\\004\\0\\0\\0no memory...'; exit 3`, 'refused', 'no memory...'],
    ['breaks off', `printf '\\014\\0\\0\\0\\004\\0\\0\\0no'; exit 3`, 'exited', 'in the middle of a reply'],
  ])('%s', async (_, script, kind, message) => {
    const problem = await problemOf(startSh(script, { replyWithin: kind === 'hung' ? 0.3 : 5 }))
    expect(problem).toMatchObject({ kind })
    expect(problem.message).toContain(message)
    expect(problem.message).toContain('target fake')
  })

  it('is not there', async () => {
    const problem = await problemOf(startProbe({ target: 'fake', command: ['/no/such/probe'] }))
    expect(problem.kind).toBe('start')
    expect(problem.message).toContain('there is no command `/no/such/probe`')
  })

  it('has a prefix that is not there', async () => {
    const problem = await problemOf(startSh('exit 0', { wrap: 'no-such-wrapper -x' }))
    expect(problem.kind).toBe('start')
    expect(problem.message).toMatch(/there is no command `no-such-wrapper`.*--wrap/)
  })

  it('does not fill the memory with what it says', async () => {
    const problem = await problemOf(startSh('yes complaint | head -c 1000000 >&2; exit 1'))
    expect(problem.message.length).toBeLessThan(3000)
  })
})

describe('a probe that breaks half-way', () => {
  it.each([
    ['hangs', 'if (n === 3) return false', 'hung', 'It was killed'],
    ['exits', 'if (n === 3) process.exit(1)', 'exited', 'exited with status 1'],
    ['dies', 'if (n === 3) process.kill(process.pid, 9)', 'exited', 'was killed by SIGKILL'],
    ['babbles', 'if (n === 3) say("Segmentation fault")', 'garbage', 'Segmentation fault'],
    [
      'answers twice',
      'if (n === 3) say(frame(3, words(1, 0, 5, 0)))',
      'garbage',
      'scenario 1 where 2 was due',
    ],
    ['gives up', 'if (n === 3) say(frame(4, Buffer.from("out of memory   ")))', 'refused', 'out of memory'],
  ])('%s', async (_, react, kind, message) => {
    const probe = await start(fake(react), { replyWithin: 2 })
    const first = probe.run(batch('a', 'b'))
    const second = probe.run(batch('c', 'd'))
    expect(await first).toHaveLength(2)
    const problem = await problemOf(second)
    expect(problem).toMatchObject({ kind })
    expect(problem.message).toContain(message)
    expect(problem.message).toContain('2 scenarios are unanswered')
    expect(await problemOf(probe.run(batch('e')))).toBe(problem)
  })

  it('is killed with all of its group', async () => {
    const seconds = `61.${String(process.pid).padStart(10, '0')}`
    const sleeps = `require("child_process").spawn("sleep", ["${seconds}"], { stdio: "ignore" })`
    const probe = await start(fake('return false', sleeps), { replyWithin: 3 })
    await problemOf(probe.run(batch('a')))
    await probe.close()
    expect(await processesWith(seconds)).toEqual([])
  })
})

describe('close', () => {
  it('lets the probe finish what it was given', async () => {
    const probe = await start(fake())
    const answer = probe.run(batch('a', 'b'))
    await probe.close()
    expect(await answer).toHaveLength(2)
    expect((await problemOf(probe.run(batch('c')))).kind).toBe('closed')
  })

  it('kills a probe that stays', async () => {
    const probe = await start(fake('', 'setInterval(() => {}, 1000)'), { endWithin: 0.2 })
    await probe.close()
    await probe.close()
    expect((await problemOf(probe.run(batch('a')))).kind).toBe('closed')
  })
})

/** Command lines of running processes that contain the text. */
async function processesWith(text: string): Promise<string[]> {
  const { readdir } = await import('node:fs/promises')
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return ids.map(commandLine).filter((line) => line.includes(text))
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
