import type { CallOf } from '../../../model/vocabulary/forms.ts'
import { BAD, fields, filling, type Place, permissions, type Said, type Sayings } from '../saying.ts'
import { number, octal, plainCall, printers } from '../words.ts'
import { bufferName, listedFields, listedPermissions, owner, slot } from './semaphores.ts'

/** Shared memory, accesses to it, and what changes the pages of a process. */
export const aboutMemory: Sayings = {
  shmget: (call) => ({
    call: plainCall(call).replace(/, (-?\w+),/, (_, size: string) =>
      /^-|LL$|^LONG/.test(size) ? `, (size_t)${size},` : `, ${size},`,
    ),
  }),
  shmat: (call) => ({ call: `address_of(${plainCall(call)})` }),
  load: (call) => ({ call: `load(${address(call.address)})` }),
  store: (call) => ({ call: `store(${address(call.address)}, ${call.byte})` }),
  'shmctl.IPC_STAT': (call, place) => status(call.segment, place, 'IPC_STAT'),
  'shmctl.SHM_STAT': (call, place) => status(call.segment, place, 'SHM_STAT', call.given),
  'shmctl.SHM_STAT_ANY': (call, place) => status(call.segment, place, 'SHM_STAT_ANY', call.given),
  'shmctl.IPC_INFO': (call, { number: step }) =>
    filling(
      'struct shminfo',
      `info${step}`,
      (buffer) => `shmctl(${printers.id(call.segment)}, IPC_INFO, (void *)${buffer})`,
      (buffer) => fields(buffer, '', 'shmmax shmmin shmmni shmseg shmall'),
    ),
  'shmctl.SHM_INFO': (call, { number: step }) =>
    filling(
      'struct shm_info',
      `info${step}`,
      (buffer) => `shmctl(${printers.id(call.segment)}, SHM_INFO, (void *)${buffer})`,
      (buffer) => fields(buffer, '', 'used_ids shm_tot shm_rss shm_swp'),
    ),
  'shmctl.IPC_SET': (call, { number: step }) => ({
    before: [
      `struct shmid_ds set${step} = { 0 };`,
      `set${step}.shm_perm.uid = ${owner(call.uid, 'uid')};`,
      `set${step}.shm_perm.gid = ${owner(call.gid, 'gid')};`,
      `set${step}.shm_perm.mode = ${octal(call.mode)};`,
    ],
    call: `shmctl(${printers.id(call.segment)}, IPC_SET, &set${step})`,
  }),
  'shmctl.IPC_RMID': (call) => ({ call: plainCall(call, 'NULL') }),
  'shmctl.SHM_LOCK': (call) => ({ call: plainCall(call, 'NULL') }),
  'shmctl.SHM_UNLOCK': (call) => ({ call: plainCall(call, 'NULL') }),
  'shmctl.other': (call, { number: step }) => ({
    shared: [`char other${step}[1024];`],
    call: `shmctl(${printers.id(call.segment)}, ${number(call.command)}, (void *)s->other${step})`,
  }),
  bad_shmctl: (call) => ({
    call: `syscall(SYS_shmctl, ${printers.id(call.segment)}, ${bufferName(call.buffer)}, ${BAD})`,
  }),
  munmap: (call) => ({ call: `munmap(${pages(call)})` }),
  mprotect: (call) => ({ call: `mprotect(${pages(call)}, ${protection(call.protection)})` }),
  'madvise.MADV_DONTFORK': (call) => ({ call: `madvise(${pages(call)}, MADV_DONTFORK)` }),
  mmap: (call) => ({
    call: `address_of(mmap(${pages(call)}, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))`,
  }),
  mremap: (call) => ({
    call: `address_of(mremap(${pages(call)}, ${bytes(call.newPages)}, MREMAP_MAYMOVE | MREMAP_FIXED, ${address(call.to)}))`,
  }),
  read: (call) => ({ call: `read_byte(${address(call.address)}, ${call.byte})` }),
  run: (call) => ({ call: `run_code(${address(call.address)})` }),
  'sysvipc.shm': (call, { number: step }) => ({
    shared: [`long long line${step}[16];`],
    call: `listed("/proc/sysvipc/shm", ${printers.id(call.object)}, s->line${step})`,
    out: {
      ...listedPermissions(`s->line${step}`, 7),
      ...listedFields(`s->line${step}`, { segsz: 3, nattch: 6, atime: 11, dtime: 12, ctime: 13 }),
    },
  }),
  many_shmat: (call, { number: step }) => ({
    shared: [`long long attached${step}, nattch${step};`],
    call: `attach_often(${printers.id(call.segment)}, ${call.times}, &s->attached${step}, &s->nattch${step})`,
    out: { attached: `s->attached${step}`, nattch: `s->nattch${step}` },
  }),
}

const address = (value: CallOf<'load'>['address']) => printers.address(value)

const bytes = (count: number) => (count === 1 ? 'page()' : `${number(count)} * page()`)

const pages = (call: { readonly address: CallOf<'load'>['address']; readonly pages: number }) =>
  `${address(call.address)}, ${bytes(call.pages)}`

const protection = (value: number) =>
  [...(value & 1 ? ['PROT_READ'] : []), ...(value & 2 ? ['PROT_WRITE'] : [])].join(' | ') || 'PROT_NONE'

function status(segment: string | number, { number: step }: Place, command: string, given = 1): Said {
  return filling(
    'struct shmid_ds',
    `status${step}`,
    (buffer) => `shmctl(${slot(segment, given)}, ${command}, ${buffer})`,
    (buffer) => ({
      ...permissions(`${buffer}.shm_perm`),
      ...fields(buffer, 'shm_', 'segsz cpid lpid nattch atime dtime ctime'),
    }),
  )
}
