import { type ForeignOptions, foreignJudge } from './judge.ts'
import { straceReader } from './strace/read-strace.ts'
import type { ForeignJudgement } from './verdict.ts'

/** The judgement of a trace that is written into a test: all that matters is in it, unless `whole` is false. Lines without a time get one, a tenth of a millisecond apart. */
export function judged(text: string, options: ForeignOptions = {}): ForeignJudgement {
  const judge = foreignJudge({ whole: true, ...options })
  const reader = straceReader((event) => judge.see(event))
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .forEach((line, index) => {
      const timed = /^\d+ \d+\.\d+ /.test(line)
        ? line
        : line.replace(/^(\d+) /, `$1 ${(1000 + index / 10_000).toFixed(6)} `)
      reader.feed(timed)
    })
  return judge.conclude(reader)
}

/** The rules that a trace breaks. */
export const broken = (text: string, options: ForeignOptions = {}): readonly string[] =>
  judged(text, options).deviations.map(({ rule }) => rule)

/** The beginning of a program whose whole life is in the trace. */
export const START =
  '10 execve("./a", ["./a"], 0x1 /* 1 var */) = 0\n10 mprotect(0x1000, 4096, PROT_READ) = 0\n'
export const FORK = '10 clone(child_stack=NULL, flags=CLONE_CHILD_SETTID|SIGCHLD, child_tidptr=0x1) = 11\n'
