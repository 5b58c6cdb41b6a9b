/** Why rules of the catalogue are not exercised: what the vocabulary lacks today (`later`), or why nothing shows them (`never`). */
export const reasons = {
  'buffers during a call':
    'later: the buffer of a call under way belongs to its actor alone; nobody else can change it',
  'clone flags':
    'later: no process is made in the memory of its parent or suspends it: the probe could not tell the two apart, nor the parent from one that is busy',
  'equal inodes':
    'never: two files whose inodes agree in 16 bits are found by making 65536 of them, where a file system numbers them so',
  'huge pages': 'later: no segment is made of huge pages',
  impractical: 'never: it would take billions of creations',
  'ipcs and ipcrm': 'later: actors make calls; none runs another program',
  'keys of choice':
    'later: a key is private or one of those that the probe keeps for itself; nothing names a negative one',
  'many creations':
    'later: it takes more pids than a namespace has, or more attachments than a process may have mappings',
  namespaces: 'later: every actor stays in the namespaces of the probe',
  'no memory': 'never: no program can make the kernel run out of memory reliably',
  'other kernels': 'never: only older kernels, other builds or other systems do so',
  'out of sight': 'never: who could look is gone',
  'overlapping calls': 'later: a call begins only when everybody is at rest',
  'processor time': 'later: the usage of a process is not compared, and no step uses processor time',
} as const satisfies Record<string, `${'later' | 'never'}: ${string}`>

export type Reason = keyof typeof reasons
