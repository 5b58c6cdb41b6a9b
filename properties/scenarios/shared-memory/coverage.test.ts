import { expect, it } from 'vitest'
import { clauses } from '../../../model/catalogue.ts'
import { initialWorld, usualFacts } from '../../../model/initial.ts'
import { linux } from '../../../model/profile.ts'
import { rootActors } from '../../../model/vocabulary/scenario.ts'
import { foresee } from '../foresee.ts'
import { scenarioLibrary } from '../library.ts'

/** What only unlucky or unpredictable calls show, or programs of 32 bits. */
const notShown = [
  'access.unknown-address',
  'shmat.large.enomem',
  'shmctl.lock.over-limit-enomem',
  'shmget.create.memory-enomem',
  'shmget.create.size-unsigned',
]

const isOfMemory = (id: string) =>
  /^(shmget|shmat|shmdt|shmctl|load|store|access)\.|^(fork|exec|exit)\.(attachments|child-detach|dest|detach)/.test(
    id,
  )

it('every clause about shared memory is shown by some scenario', () => {
  const start = initialWorld(usualFacts, rootActors)
  const shown = new Set(
    scenarioLibrary('shared-memory').flatMap(({ text }) => [...foresee(text, start, linux).rules]),
  )
  const all = new Set(clauses.map(({ id }) => id).filter(isOfMemory))
  expect([...all].filter((id) => !shown.has(id)).sort()).toEqual(notShown)
  const known = new Set(clauses.map(({ id }) => id))
  expect([...shown].filter((id) => !known.has(id))).toEqual([])
})
