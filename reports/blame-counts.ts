import type { Blame, TargetRecord } from '../oracle/run.ts'
import { counted } from './wrap.ts'

/** Who is to blame for how many deviations of a target, in words; '' where nothing is known of that. */
export function blameCounts({ deviations }: TargetRecord): string {
  const blamed = deviations.flatMap(({ blame }) => (blame === undefined ? [] : [blame.on]))
  return [...new Set(blamed)]
    .map((on) => `${culprits[on]} for ${counted(blamed.filter((each) => each === on).length, 'deviation')}`)
    .join(', ')
}

const culprits: Readonly<Record<Blame['on'], string>> = {
  'C library': 'the C library',
  'compat layer': 'the compat layer',
  sandbox: 'the sandbox',
  emulator: 'the emulator',
  wrap: 'the command of --wrap',
  kernel: 'the kernel',
  unknown: 'not established',
}
