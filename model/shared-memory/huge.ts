import { type Identity, isCapable } from '../identity.ts'
import { type Clause, clause } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { CAP_IPC_LOCK, SHM_HUGE_SHIFT, SHM_HUGETLB, SHM_NORESERVE } from '../vocabulary/names.ts'
import type { Facts } from '../world.ts'
import { pagesOf } from './segments.ts'
import type { Segment } from './state.ts'

/** Segments of huge pages, which only Linux has: ipc/shm.c, newseg; fs/hugetlbfs/inode.c, hugetlb_file_setup. */

export const isHuge = (segment: Segment | undefined): boolean =>
  segment !== undefined && segment.backing !== 'ordinary'

type Flags = Pick<CallOf<'shmget'>, 'flags'>

export const asksForHuge = ({ flags }: Flags): boolean => (flags & SHM_HUGETLB) !== 0

/** What a segment that is made with the flags is made of. */
export const backingOf = ({ flags }: Flags): Segment['backing'] =>
  (flags & SHM_NORESERVE) === 0 ? 'huge' : 'huge, unreserved'

/** The logarithm of the size that is asked for; 0: the default. */
const sizeCode = ({ flags }: Flags): number => (flags >>> SHM_HUGE_SHIFT) & 0x3f

/** No page is that small and huge. */
export const isNoSize = (call: Flags, { pageSize }: Pick<Facts, 'pageSize'>): boolean =>
  sizeCode(call) !== 0 && 2 ** sizeCode(call) <= pageSize

/** Whether the default size is asked for, of which something is known. */
export const isDefaultSize = (call: Flags, { hugePages }: Facts): boolean =>
  hugePages.size > 0 && (sizeCode(call) === 0 || 2 ** sizeCode(call) === hugePages.size)

export const mayUseHuge = (caller: Identity, { hugePages: { group } }: Facts): boolean =>
  typeof group === 'number' &&
  (isCapable(caller, CAP_IPC_LOCK) || caller.fsgid === group || caller.groups.includes(group))

/** Whether the pool, whoever uses it now, has too few pages for a segment of that size. */
export const lacksPages = (call: Flags, size: Parameters<typeof pagesOf>[0], { hugePages }: Facts): boolean =>
  (call.flags & SHM_NORESERVE) === 0 && pagesOf(size, hugePages.size) > hugePages.available

const source = 'Linux ipc/shm.c, newseg'

export const badSize = clause(
  'shmget.hugetlb.bad-size-einval',
  'linux',
  'A size of huge pages that the machine does not have is an error.',
  'shmget(2), SHM_HUGETLB',
)
export const unprivileged = clause(
  'shmget.hugetlb.unprivileged-eperm',
  'linux',
  'A segment of huge pages needs privilege or the group for it.',
  'shmget(2), ERRORS, EPERM',
)
export const noPages = clause(
  'shmget.hugetlb.no-pages-enomem',
  'linux',
  'Without huge pages a segment of huge pages cannot be made.',
  'shmget(2), SHM_HUGETLB',
)
export const made = clause(
  'shmget.hugetlb.makes',
  'linux',
  'SHM_HUGETLB makes a segment of huge pages; with SHM_NORESERVE none of them is set aside.',
  'shmget(2), SHM_HUGETLB, SHM_NORESERVE',
  source,
)
export const unaligned = clause(
  'shmat.hugetlb.alignment-einval',
  'linux',
  'A segment of huge pages is attached only at multiples of their size.',
  'Linux ipc/shm.c, do_shmat',
)
export const anywhere = clause(
  'shmat.hugetlb.null-aligned',
  'linux',
  'Without an address, a segment of huge pages is attached at a multiple of their size.',
  'Linux fs/hugetlbfs/inode.c, hugetlb_get_unmapped_area',
)
export const notLocked = clause(
  'shmctl.lock.hugetlb-noop',
  'linux',
  'Locking a segment of huge pages succeeds and does nothing.',
  'Linux ipc/shm.c, shmctl_do_lock',
)
export const noPageFaults = clause(
  'shmat.hugetlb.no-page-faults',
  'linux',
  'An access to a segment of huge pages for which there is no page raises SIGBUS.',
  'Linux mm/hugetlb.c, hugetlb_no_page',
)

export const hugeClauses: readonly Clause[] = [
  ...[badSize, unprivileged, noPages, made],
  ...[unaligned, anywhere, notLocked, noPageFaults],
]
