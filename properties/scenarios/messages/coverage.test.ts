import { expect, it } from 'vitest'
import { clauses } from '../../../model/catalogue.ts'
import { initialWorld, usualFacts } from '../../../model/initial.ts'
import { linux } from '../../../model/profile.ts'
import { rootActors } from '../../../model/vocabulary/scenario.ts'
import { foresee } from '../foresee.ts'
import { scenarioLibrary } from '../library.ts'

/** All but `get.enospc.order`: msgget has no argument that can be wrong. */
const isOfMessages = (id: string) =>
  id !== 'get.enospc.order' &&
  /^(msgget|msgsnd|msgrcv|msgctl|msg|snd|rcv|get|rmid|ipcset|ipcstat|perm)\.|^limit\.msg|^id\./.test(id)

it('every clause about message queues is shown by some scenario', () => {
  const start = initialWorld(usualFacts, rootActors)
  const shown = new Set(
    scenarioLibrary('messages').flatMap(({ text }) => [...foresee(text, start, linux).rules]),
  )
  const all = new Set(clauses.map(({ id }) => id).filter(isOfMessages))
  expect([...all].filter((id) => !shown.has(id))).toEqual([])
})
