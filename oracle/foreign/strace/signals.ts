const ordered =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'.split(
    ' ',
  )

const FIRST_REALTIME = 32
const SIGNALS = 64

const numbers = new Map<string, number>([
  ...ordered.map((name, index) => [name, index + 1] as const),
  ['RTMIN', FIRST_REALTIME],
  ['POLL', 29],
  ['IOT', 6],
  ['RTMAX', SIGNALS],
  ...Array.from({ length: 32 }, (_, index) => [`RT_${index + 1}`, FIRST_REALTIME + index + 1] as const),
])

/** The number of `SIGINT`, `INT`, `SIGRT_5` or `2`; undefined where there is no such signal. */
export function signalOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const plain = text.includes('/*') ? text.slice(0, text.indexOf('/*')).trim() : text
  if (/^(0x[0-9a-f]+|\d+)$/i.test(plain)) return Number(plain)
  return numbers.get(plain.startsWith('SIG') ? plain.slice(3) : plain)
}

export const signalWord = (signal: number): string => {
  const name = ordered[signal - 1]
  return name === undefined
    ? signal === FIRST_REALTIME
      ? 'SIGRTMIN'
      : `SIGRT_${signal - FIRST_REALTIME}`
    : `SIG${name}`
}

/** A set of signals as bits, signal 1 the lowest; undefined where the text is none. */
export function signalSetOf(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  const known = remembered.get(text)
  if (known !== undefined) return known
  const isInverse = text.startsWith('~')
  const plain = isInverse ? text.slice(1) : text
  if (!plain.startsWith('[') || !plain.endsWith(']')) return undefined
  let set = 0n
  for (const word of plain
    .slice(1, -1)
    .replace(/\/\*.*?\*\//g, '')
    .split(/[\s,]+/)) {
    if (word === '') continue
    const signal = signalOf(word)
    if (signal === undefined) return undefined
    set |= bitOf(signal)
  }
  const result = isInverse ? ALL & ~set : set
  if (remembered.size < REMEMBERED_MAX) remembered.set(text, result)
  return result
}

const remembered = new Map<string, bigint>()
const REMEMBERED_MAX = 10_000

export const bitOf = (signal: number): bigint => 1n << BigInt(signal - 1)
const ALL = (1n << BigInt(SIGNALS)) - 1n
export const SIGKILL = 9
export const SIGCHLD = 17
export const SIGCONT = 18
export const SIGSTOP = 19
/** What no mask ever holds. */
export const NEVER_BLOCKED = bitOf(SIGKILL) | bitOf(SIGSTOP)

const harmless: ReadonlySet<number> = new Set([17, 18, 23, 28])
const stopping: ReadonlySet<number> = new Set([19, 20, 21, 22])

/** Whether its default action ends the process. */
export const endsByDefault = (signal: number): boolean => !harmless.has(signal) && !stopping.has(signal)
