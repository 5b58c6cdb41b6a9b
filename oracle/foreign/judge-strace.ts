import type { Before } from './ipc/judge.ts'
import { type ForeignOptions, foreignJudge } from './judge.ts'
import { linesOf } from './lines.ts'
import { straceReader } from './strace/read-strace.ts'
import type { ForeignJudgement } from './verdict.ts'

/** Judges what `strace` wrote, while it is read. */
export async function judgeStrace(
  input: AsyncIterable<Uint8Array>,
  options: ForeignOptions = {},
): Promise<ForeignJudgement> {
  let judge = foreignJudge(options)
  const reader = straceReader((event) => judge.see(event))
  for await (const lines of linesOf(input))
    for (const line of lines) {
      const before = reader.lines === 0 ? beforeOf(line) : undefined
      if (before !== undefined) judge = foreignJudge({ ...options, before })
      reader.feed(line)
    }
  reader.finish()
  return judge.conclude(reader)
}

/** The first line that `record --out` writes: what existed before. */
function beforeOf(line: string): Before | undefined {
  const found = /^# ipc-oracle: before the trace sem ([\d ?]*); msg ([\d ?]*); shm ([\d ?]*)$/.exec(line)
  if (found === null) return undefined
  const [sem, msg, shm] = found.slice(1).map((text) =>
    text === '?'
      ? undefined
      : new Set(
          text
            .split(' ')
            .filter((word) => word !== '')
            .map(Number),
        ),
  )
  return { sem, msg, shm }
}
