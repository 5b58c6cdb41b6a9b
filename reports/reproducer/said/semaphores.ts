import type { CallOf } from '../../../model/vocabulary/forms.ts'
import type { Scenario } from '../../../model/vocabulary/scenario.ts'
import { BAD, fields, filling, type Place, permissions, type Said, type Sayings } from '../saying.ts'
import { number, octal, plainCall, printers, variable } from '../words.ts'

/** semop and the commands of semctl. */
export const aboutSemaphores: Sayings = {
  semop: (call, place) =>
    place.clobbered ? watched(call, place, (array) => `semop(${array})`) : { call: plainCall(call) },
  semtimedop: (call, place) => {
    const { number: step } = place
    if (place.clobbered)
      return watched(call, place, (array) => `semtimedop(${array}, ${printers.timeout(call.timeout)})`)
    return {
      shared: [`long long elapsed${step};`],
      before: [`long long began${step} = microseconds();`],
      call: plainCall(call),
      after: [`s->elapsed${step} = microseconds() - began${step};`],
      out: { elapsed: `s->elapsed${step}` },
    }
  },
  'semctl.IPC_STAT': status,
  'semctl.SEM_STAT': (call, place) => bySlot(call, place, 'SEM_STAT'),
  'semctl.SEM_STAT_ANY': (call, place) => bySlot(call, place, 'SEM_STAT_ANY'),
  'semctl.IPC_INFO': totals,
  'semctl.SEM_INFO': totals,
  'semctl.IPC_SET': (call, { number: step }) => ({
    before: [
      `struct semid_ds set${step} = { 0 };`,
      `set${step}.sem_perm.uid = ${owner(call.uid, 'uid')};`,
      `set${step}.sem_perm.gid = ${owner(call.gid, 'gid')};`,
      `set${step}.sem_perm.mode = ${octal(call.mode)};`,
    ],
    call: `semctl(${printers.id(call.set)}, 0, IPC_SET, (union semun){ .buf = &set${step} })`,
  }),
  'semctl.GETALL': (call, { number: step, scenario }) => {
    const room = largestSet(scenario) + BEYOND
    return {
      shared: [`unsigned short all${step}[${room}];`],
      call: `semctl(${printers.id(call.set)}, ${number(call.semnum)}, GETALL, (union semun){ .array = POISON(s->all${step}) })`,
      buffer: `s->all${step}`,
      out: { values: `s->all${step}` },
    }
  },
  'semctl.SETALL': (call, { scenario }) => {
    const room = Math.max(largestSet(scenario), call.values.length, 1)
    const array = `(unsigned short[${room}]){ ${call.values.join(', ') || '0'} }`
    return {
      call: `semctl(${printers.id(call.set)}, ${number(call.semnum)}, SETALL, (union semun){ .array = ${array} })`,
    }
  },
  'semctl.SETVAL': (call) => ({
    call: `semctl(${printers.id(call.set)}, ${number(call.semnum)}, SETVAL, (union semun){ .val = ${number(call.value)} })`,
  }),
  'semctl.other': (call, { number: step }) => ({
    shared: [`char other${step}[1024];`],
    call: `semctl(${printers.id(call.set)}, 0, ${number(call.command)}, (union semun){ .buf = (void *)s->other${step} })`,
  }),
  bad_semop: (call) => ({ call: `raw_semop(${printers.id(call.set)}, ${BAD}, ${number(call.count)})` }),
  bad_semtimedop: (call) => ({
    call: `raw_semtimedop(${printers.id(call.set)}, ${printers.operations(call.operations)}, ${BAD})`,
  }),
  bad_semctl: (call) => ({
    call: `syscall(SYS_semctl, ${printers.id(call.set)}, 0, ${bufferName(call.buffer)}, ${BAD})`,
  }),
  wide_semop: (call) => ({
    call: `semop(${printers.id(call.set)}, ${printers.operations(call.operations)} + (size_t)(1ULL << 32))`,
  }),
  inside: (call, { number: step }) => ({
    shared: [`int before${step}, after${step};`],
    call: `inside(${printers.id(call.set)}, ${call.semnum}, &s->before${step}, &s->after${step})`,
    out: { before: `s->before${step}`, after: `s->after${step}` },
  }),
  'sysvipc.sem': (call, { number: step }) => ({
    shared: [`long long line${step}[16];`],
    call: `listed("/proc/sysvipc/sem", ${printers.id(call.object)}, s->line${step})`,
    out: {
      ...listedPermissions(`s->line${step}`, 4),
      ...listedFields(`s->line${step}`, { nsems: 3, otime: 8, ctime: 9 }),
    },
  }),
}

/** Values behind the largest set that must be left alone. */
const BEYOND = 4

/** The array may only be read. */
function watched(
  { set, operations }: Pick<CallOf<'semop'>, 'set' | 'operations'>,
  { number: step }: Place,
  call: (array: string) => string,
): Said {
  const [array = '', count = '0'] = printers.operations(operations).split(/, (?=\d+$)/)
  const name = `array${step}`
  return {
    shared: [`int written${step};`],
    before: [
      `struct sembuf ${name}[] = ${array.replace('(struct sembuf[])', '')};`,
      `const struct sembuf same${step}[] = ${array.replace('(struct sembuf[])', '')};`,
    ],
    call: call(`${printers.id(set)}, ${name}, ${count}`),
    after: [`s->written${step} = memcmp(${name}, same${step}, sizeof(${name})) != 0;`],
    unchanged: `s->written${step} == 0`,
  }
}

function status(call: CallOf<'semctl.IPC_STAT'>, { number: step }: Place): Said {
  return filling(
    'struct semid_ds',
    `status${step}`,
    (buffer) =>
      `semctl(${printers.id(call.set)}, ${number(call.semnum)}, IPC_STAT, (union semun){ .buf = ${buffer} })`,
    setOutputs,
  )
}

const setOutputs = (buffer: string) => ({
  ...permissions(`${buffer}.sem_perm`),
  ...fields(buffer, 'sem_', 'nsems otime ctime'),
})

function bySlot(
  call: { readonly set: string | number; readonly given: number },
  { number: step }: Place,
  command: string,
): Said {
  return filling(
    'struct semid_ds',
    `status${step}`,
    (buffer) => `semctl(${slot(call.set, call.given)}, 0, ${command}, (union semun){ .buf = ${buffer} })`,
    setOutputs,
  )
}

/** Linux (ipc/util.h): the low 15 bits of an identifier say where the kernel keeps the object. */
export const slot = (id: string | number, given: number): string =>
  typeof id === 'string' && given === 0 ? `${variable(id)} & 0x7fff` : printers.id(id)

function totals(call: CallOf<'semctl.IPC_INFO'> | CallOf<'semctl.SEM_INFO'>, { number: step }: Place): Said {
  return filling(
    'struct seminfo',
    `info${step}`,
    (buffer) =>
      `semctl(${printers.id(call.set)}, 0, ${call.name.slice('semctl.'.length)}, (union semun){ .__buf = ${buffer} })`,
    (buffer) => fields(buffer, '', 'semmap semmni semmns semmnu semmsl semopm semume semusz semvmx semaem'),
  )
}

export const owner = (value: 'own' | number, which: 'uid' | 'gid'): string =>
  value === 'own' ? `s->${which}` : value < 0 ? `(${which}_t)${value}` : `${value}u`

export const bufferName = (command: number): string =>
  ({ 1: 'IPC_SET', 2: 'IPC_STAT', 13: 'GETALL', 17: 'SETALL' })[command] ?? String(command)

const largestSet = ({ steps }: Scenario): number =>
  Math.min(65536, Math.max(0, ...steps.map(({ call }) => (call.name === 'semget' ? call.nsems : 0))))

/** Places of the numbers in a line of /proc/sysvipc. */
export const listedPermissions = (line: string, owner: number) =>
  listedFields(line, { key: 0, uid: owner, gid: owner + 1, cuid: owner + 2, cgid: owner + 3, mode: 2 })

export const listedFields = (line: string, places: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(places).map(([name, at]) => [name, `${line}[${at}]`]))
