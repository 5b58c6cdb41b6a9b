import { anything, type Expected } from '../expected.ts'
import { choose, decide, fails, type Moment, note, returns } from '../moment.ts'
import { type Clause, clause, type Rule } from '../rule.ts'
import type { CallOf } from '../vocabulary/forms.ts'
import { files } from '../vocabulary/names.ts'

const page = 'POSIX.1-2024 ftok'

const missing = clause(
  'ftok.enoent',
  'shall',
  'A file that does not exist is an error.',
  `${page}, ERRORS, [ENOENT]`,
)
const formula = clause(
  'ftok.formula',
  'shall',
  'The same file and project give the same key; on Linux it holds 8 bits of the project, 8 of the device and 16 of the inode.',
  page,
)
const lowBits = clause('ftok.proj-8bit', 'shall', 'Only the low eight bits of the project count.', page)
const zero = clause(
  'ftok.proj-zero',
  'unspecified',
  'A project whose low eight bits are 0 gives an ordinary key.',
  page,
)
const links = clause(
  'ftok.same-file-links',
  'shall',
  'Every path of a file gives the same key, links included.',
  page,
)

export const ftokClauses: readonly Clause[] = [missing, formula, lowBits, zero, links]

interface Situation {
  readonly moment: Moment
  readonly actor: string
  readonly call: CallOf<'ftok'>
}

/** ftok. What it makes of a file that exists is the library's own affair, but it is the same each time. */
export function ftok(moment: Moment, actor: string, call: CallOf<'ftok'>): void {
  decide(moment, rules, { moment, actor, call })
}

const isZero = ({ call }: Situation) => (call.project & 0xff) === 0

const rules: readonly Rule<Situation>[] = [
  {
    ...missing,
    errno: 'ENOENT',
    when: ({ call }) => call.file === files.of.missing,
    outcome: ({ moment, actor }) => {
      fails(moment, actor, 'ENOENT')
    },
  },
  {
    ...zero,
    errno: 'EINVAL',
    elsewhere: true,
    when: isZero,
    outcome: ({ moment, actor }) => {
      fails(moment, actor, 'EINVAL')
    },
  },
  { ...zero, errno: 'none', when: isZero, outcome: makes },
  { ...formula, errno: 'none', when: () => true, outcome: makes },
]

/** What the key is made of on Linux: its low 16 bits, the eight above and the highest eight. */
const asOnLinux = { inode: 1, device: 1, project: 1 }
const anyhow = { inode: anything, device: anything, project: anything }

function makes(situation: Situation): void {
  const { moment, actor, call } = situation
  if ((call.project & ~0xff) !== 0) note(moment, lowBits)
  if (isLink(call.file)) note(moment, links)
  const isOpen = choose(moment, formula, 2) === 1
  const key = isOpen && isZero(situation) ? anything : keyOf(call)
  returns(moment, actor, key, isOpen ? anyhow : asOnLinux)
}

const isLink = (file: number) => file === files.of.link || file === files.of.parent
const isImage = (file: number) => file === files.of.image

/** By whatever path: the root directory is its own parent. */
const keyOf = ({ file, project }: CallOf<'ftok'>): Expected => ({
  is: 'made',
  of: `${isImage(file) ? 'image' : 'root'} ${project & 0xff}`,
})
