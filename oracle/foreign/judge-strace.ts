import { type ForeignOptions, foreignJudge } from './judge.ts'
import { linesOf } from './lines.ts'
import { straceReader } from './strace/read-strace.ts'
import type { ForeignJudgement } from './verdict.ts'

/** Judges what `strace` wrote, while it is read. */
export async function judgeStrace(
  input: AsyncIterable<Uint8Array>,
  options: ForeignOptions = {},
): Promise<ForeignJudgement> {
  const judge = foreignJudge(options)
  const reader = straceReader((event) => judge.see(event))
  for await (const lines of linesOf(input)) for (const line of lines) reader.feed(line)
  return judge.conclude(reader)
}
