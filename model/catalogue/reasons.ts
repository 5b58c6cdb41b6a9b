/** Why rules of the catalogue are not exercised: what the vocabulary lacks today (`later`), or why nothing shows them (`never`). */
export const reasons = {
  'bad pointers and sizes': 'later: no call gets an address or size that is wrong',
  'buffers during a call': 'later: nobody looks at the buffer of a call under way',
  'calls on mappings': 'later: nothing but attaching maps, protects, moves or runs memory',
  'clone flags':
    'later: no process is made in the memory of its parent or suspends it: the probe could not tell the two apart, nor the parent from one that is busy',
  ftok: 'later: ftok is not in the vocabulary',
  'huge pages': 'later: no segment is made of huge pages',
  impractical: 'never: it would take billions of creations',
  'keys of choice': 'later: the probe chooses the values of keys',
  'many creations': 'later: no scenario makes enough for a slot, a pid or a count to run out',
  namespaces: 'later: nobody enters a namespace or changes what one is set to',
  'no memory': 'never: no program can make the kernel run out of memory reliably',
  'other kernels': 'never: only older kernels, other builds or other systems do so',
  'out of sight': 'never: who could look is gone',
  'overlapping calls': 'later: a call begins only when everybody is at rest',
  'proc and ipcs': 'later: no step reads /proc/sysvipc, or runs ipcs or ipcrm',
  'processor time': 'later: the usage of a process is not compared, and no step uses processor time',
  'status macros': 'later: statuses are recorded as they are, without the macros of the library',
  threads:
    'later: every actor has one thread: where its calls, its turn and its record are is known once for a whole memory, and a rest once for a whole process',
} as const satisfies Record<string, `${'later' | 'never'}: ${string}`>

export type Reason = keyof typeof reasons
