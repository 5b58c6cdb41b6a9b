import { idOf } from '../expected.ts'
import { fails, type Moment, note, returns } from '../moment.ts'
import { clause, type Rule } from '../rule.ts'
import { type Errno, IPC_CREAT, IPC_EXCL } from '../vocabulary/names.ts'
import type { KeyArgument } from '../vocabulary/shape.ts'
import { identityOf, type Permission, withAlias } from '../world.ts'
import { ALTER, classGrants, EXECUTE, foldedRequest, grants, READ } from './access.ts'
import { newId } from './new-ids.ts'

/** What decides a get call; the rules are the same for every kind of object. */
export interface GetSituation {
  readonly moment: Moment
  readonly actor: string
  readonly call: { readonly key: KeyArgument; readonly flags: number; readonly as: string }
  /** The name of the object that has the key; '' if none has (or the key is IPC_PRIVATE). */
  readonly existing: string
  readonly permission: Permission | undefined
}

const posixGet = 'POSIX.1-2024 semget / msgget, DESCRIPTION'
const manual = 'semget(2), msgget(2)'

export const privateAlwaysNew = clause(
  'get.private.always-new',
  'shall',
  'With key IPC_PRIVATE every get call makes a new object, whatever IPC_CREAT and IPC_EXCL say.',
  posixGet,
)
export const privateNotFindable = clause(
  'get.private.key-not-findable',
  'shall',
  'An object made with IPC_PRIVATE shows key 0 and is found by no key.',
  posixGet,
)
export const createdByKey = clause(
  'get.creat',
  'shall',
  'With an unused key and IPC_CREAT a get call makes a new object that the key finds from then on.',
  posixGet,
)
export const modeStored = clause(
  'get.mode-stored',
  'shall',
  'The low nine bits of the flags become the mode of a new object; the umask has no part in it.',
  posixGet,
)
export const creatorIsEffective = clause(
  'get.ids-are-euid-egid',
  'shall',
  'Owner and creator of a new object are the effective user and group id of the caller.',
  posixGet,
)
export const keyspacesSeparate = clause(
  'get.keyspaces-separate',
  'shall',
  'The same key names unrelated objects in different facilities.',
  'POSIX.1-2024 2.7 XSI Interprocess Communication',
)
export const keyFreeAfterRemoval = clause(
  'get.key-free-after-rmid',
  'shall',
  'The key of a removed object can be used for a new one at once.',
  'POSIX.1-2024 semctl / msgctl, IPC_RMID',
)
export const anyKey = clause(
  'get.key-any-nonzero',
  'may',
  'Every key but IPC_PRIVATE is an ordinary one, negative keys too.',
  'POSIX.1-2024 2.7 XSI Interprocess Communication',
)
export const idNonnegative = clause(
  'id.nonnegative',
  'shall',
  'The identifier of a new object is not negative and differs from every living one.',
  'POSIX.1-2024 2.7.1 IPC General Description',
)

const has = (flags: number, bit: number) => (flags & bit) !== 0
const isCreatExcl = ({ call }: GetSituation) => has(call.flags, IPC_CREAT) && has(call.flags, IPC_EXCL)

const fail = (
  id: string,
  errno: Errno,
  sentence: string,
  when: Rule<GetSituation>['when'],
  cites: string[],
) => ({
  ...clause(id, 'shall', sentence, ...cites),
  errno,
  when,
  outcome: ({ moment, actor }: GetSituation) => {
    fails(moment, actor, errno)
  },
})

export const missingKey: Rule<GetSituation> = fail(
  'get.enoent',
  'ENOENT',
  'An unused key without IPC_CREAT is an error, also with IPC_EXCL.',
  ({ call, existing }) => call.key !== 'private' && existing === '' && !has(call.flags, IPC_CREAT),
  ['POSIX.1-2024 semget / msgget, ERRORS, [ENOENT]'],
)

export const exclusiveExists: Rule<GetSituation> = fail(
  'get.eexist',
  'EEXIST',
  'A key in use with IPC_CREAT and IPC_EXCL is an error, whatever else is wrong.',
  (situation) => situation.existing !== '' && isCreatExcl(situation),
  ['POSIX.1-2024 semget / msgget, ERRORS, [EEXIST]', manual],
)

export const permissionRefused: Rule<GetSituation> = {
  ...fail(
    'get.perm-check',
    'EACCES',
    'The low nine flag bits, folded into one request, must be granted by the class of the caller.',
    ({ moment, actor, call, permission }) =>
      permission !== undefined &&
      !grants(identityOf(moment.world, actor), permission, foldedRequest(call.flags)),
    ['POSIX.1-2024 semget / msgget, ERRORS, [EACCES]', manual],
  ),
  outcome: ({ moment, actor, call, permission }) => {
    const request = foldedRequest(call.flags) & ~EXECUTE
    if (permission !== undefined && grants(identityOf(moment.world, actor), permission, request))
      note(moment, execBitsCount)
    fails(moment, actor, 'EACCES')
  },
}

export const execBitsCount = clause(
  'get.exec-bits-count',
  'unspecified',
  'Execute bits in the request are compared like any other, although they mean nothing.',
  'semget(2), msgget(2): the low nine bits are checked as a whole',
)

export const exclAloneIgnored = clause(
  'get.excl-alone-ignored',
  'shall',
  'IPC_EXCL without IPC_CREAT has no effect on a key in use.',
  'POSIX.1-2024 semget / msgget, ERRORS, [EEXIST]',
)

export const zeroNeedsNothing = clause(
  'get.flags-zero-needs-nothing',
  'shall',
  'A get call that asks for no permission bit gets the identifier even where the caller has no permission at all.',
  posixGet,
)

/** The identifier of the object that has the key. */
export const existingReturned: Rule<GetSituation> = {
  ...clause('get.existing', 'shall', 'A key in use returns the identifier of its object.', posixGet),
  errno: 'none',
  when: ({ existing }) => existing !== '',
  outcome: ({ moment, actor, call, existing, permission }) => {
    if (has(call.flags, IPC_EXCL)) note(moment, exclAloneIgnored)
    noteKey(moment, call.key)
    if (
      (call.flags & 0o777) === 0 &&
      permission !== undefined &&
      !classGrants(identityOf(moment.world, actor), permission, READ | ALTER)
    )
      note(moment, zeroNeedsNothing)
    moment.world = withAlias(moment.world, call.as, existing)
    returns(moment, actor, idOf(existing))
  },
}

/** Notes what a key shows by being any at all. */
export function noteKey(moment: Moment, key: KeyArgument): void {
  if (key !== 'private' && key < 0) note(moment, anyKey)
}

/** The name of the object with the key; '' if there is none. */
export function findKey(
  objects: Readonly<Record<string, { readonly permission: Permission }>>,
  key: KeyArgument,
): string {
  if (key === 'private') return ''
  for (const name in objects) if (objects[name]?.permission.key === key) return name
  return ''
}

/** Notes what every creation shows, and returns the new identifier. */
export function created(situation: GetSituation, kind: 'set' | 'queue'): void {
  const { moment, actor, call } = situation
  if (moment.world.freedKeys.includes(`${kind} ${call.key}`)) note(moment, keyFreeAfterRemoval)
  note(moment, call.key === 'private' ? privateAlwaysNew : createdByKey)
  note(moment, idNonnegative)
  noteKey(moment, call.key)
  const { sets, queues, segments } = moment.world
  if (call.key !== 'private') {
    const holders = [sets, queues, segments].filter((objects) => findKey(objects, call.key) !== '')
    if (holders.length > 1) note(moment, keyspacesSeparate)
  }
  returns(moment, actor, newId(moment, kind === 'set' ? 'sets' : 'queues', call.as))
}
