/** Why rules of the catalogue are not exercised: what the vocabulary lacks today (`later`), or why nothing shows them (`never`). */
export const reasons = {
  'equal inodes':
    'never: two files whose inodes agree in 16 bits are found by making 65536 of them, where a file system numbers them so',
  impractical: 'never: it would take billions of creations',
  'no memory': 'never: no program can make the kernel run out of memory reliably',
  'other kernels': 'never: only older kernels, other builds or other systems do so',
  'out of sight': 'never: who could look is gone',
  'overlapping calls':
    'later: only calls that overlap show it; what they may come to is judged as a whole, and names no rule that is met',
} as const satisfies Record<string, `${'later' | 'never'}: ${string}`>

export type Reason = keyof typeof reasons
