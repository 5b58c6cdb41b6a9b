import { describe, expect, it } from 'vitest'
import { TargetProblem } from '../../harness/problems.ts'
import type { Packet } from '../../harness/protocol/packet.ts'
import type { StartedTarget } from '../../harness/targets/target.ts'
import { type Batch, runLane } from './lane.ts'
import type { Sourced } from './source.ts'

/** A batch of the scenarios with these titles; `bad` breaks any probe. */
function batchOf(titles: readonly string[], answered: string[]): Batch {
  const sourced = titles.map((title): Sourced => ({ origin: `n:${title}`, scenario: { title, steps: [] } }))
  return {
    sourced,
    packet: { bytes: titles as unknown as Uint8Array<ArrayBuffer>, requests: titles.length } as Packet,
    async receive() {
      answered.push(...titles)
      return ''
    },
    again: () => titles.map((title) => batchOf([title], answered)),
  }
}

/** Runs these batches on probes that fail where they are told to, or later because of what they were told. */
async function run(
  batches: readonly (readonly string[])[],
  fails: (titles: readonly string[]) => boolean,
  spoils: (titles: readonly string[]) => boolean = () => false,
) {
  const answered: string[] = []
  const broke: string[] = []
  const problems: string[] = []
  let probes = 0
  const left = [...batches]
  await runLane({
    async connect() {
      probes++
      let isSpoilt = false
      const die = () => {
        throw new Error('it died.')
      }
      return {
        async exchange({ bytes }: Packet) {
          const titles = bytes as unknown as readonly string[]
          if (isSpoilt || fails(titles)) die()
          isSpoilt = spoils(titles)
          return new Int32Array()
        },
        run: async () => (isSpoilt ? die() : []),
        close: async () => {},
      } as unknown as StartedTarget
    },
    strands: [
      async () => {
        const next = left.shift()
        return next === undefined ? undefined : batchOf(next, answered)
      },
    ],
    problem: (message) => problems.push(message),
    broke: ({ sourced }) => broke.push(...sourced.map(({ scenario }) => scenario.title)),
  })
  return { answered, broke, problems, probes }
}

describe('runLane', () => {
  it('names the scenario that breaks a probe, and goes on with the others', async () => {
    const batches = [['a', 'b'], ['c', 'bad', 'd'], ['e']]
    const ran = await run(batches, (titles) => titles.includes('bad'))
    expect(ran).toEqual({ answered: ['a', 'b', 'c', 'd', 'e'], broke: ['bad'], problems: [], probes: 3 })
  })

  it('names the scenario that spoils a probe for the next one', async () => {
    const ran = await run(
      [['a', 'spoils', 'b'], ['c']],
      (titles) => titles.includes('spoils') && titles.length > 1,
      (titles) => titles.includes('spoils'),
    )
    expect(ran.broke).toEqual(['spoils'])
    expect(ran.answered).toEqual(['a', 'spoils', 'b', 'c'])
  })

  it('goes on for as long as something is answered in between', async () => {
    const batches = Array.from({ length: 20 }, (_, at) => [`fine ${at}`, `bad ${at}`])
    const ran = await run(batches, (titles) => titles.some((title) => title.startsWith('bad')))
    expect(ran.answered).toHaveLength(20)
    expect(ran.broke).toHaveLength(20)
    expect(ran.problems).toEqual([])
  })

  it('gives up when probes only fail, and says so', async () => {
    const ran = await run(
      Array.from({ length: 30 }, (_, at) => [`${at}`]),
      () => true,
    )
    expect(ran.answered).toEqual([])
    expect(ran.probes).toBeLessThan(8)
    expect(ran.problems).toHaveLength(1)
  })

  it('does not hide a failure that no scenario alone explains', async () => {
    let failed = false
    const once = (titles: readonly string[]) => {
      const fails = !failed && titles.length > 1
      failed ||= fails
      return fails
    }
    const ran = await run([['a', 'b'], ['c']], once)
    expect(ran.answered).toEqual(['a', 'b', 'c'])
    expect(ran.problems).toEqual([expect.stringMatching(/^it died\. Run one at a time/)])
  })
})

describe('a probe that does not start', () => {
  const lane = async (kind: 'hung' | 'refused', times: number) => {
    const problems: { message: string; failure: Error | undefined }[] = []
    let starts = 0
    await runLane({
      async connect() {
        if (++starts <= times) throw new TargetProblem(kind, `start ${starts}`)
        return { close: async () => {} } as unknown as StartedTarget
      },
      strands: [async () => undefined],
      problem: (message, failure) => problems.push({ message, failure }),
      broke: () => {},
    })
    return { starts, said: problems.map(({ message }) => message), last: problems.at(-1)?.failure }
  }

  it('is started again if it was only silent, and that is told as a mishap', async () => {
    expect(await lane('hung', 2)).toMatchObject({
      starts: 3,
      said: ['start 1', 'start 2'],
      last: { kind: 'hung' },
    })
  })

  it('is given up in the end', async () => {
    const { starts, said, last } = await lane('hung', 100)
    expect([starts, said.at(-1), last]).toEqual([4, 'the probe failed too often', undefined])
  })

  it('is not started again where it says itself that it cannot run', async () => {
    expect(await lane('refused', 100)).toMatchObject({ starts: 1, said: ['start 1'] })
  })
})
