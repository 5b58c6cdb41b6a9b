import { expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../../../model/initial.ts'
import { processClauses } from '../../../model/processes/clauses/index.ts'
import { linux } from '../../../model/profile.ts'
import { versionOf } from '../../../model/versions.ts'
import { rootActors } from '../../../model/vocabulary/scenario.ts'
import { foresee } from '../foresee.ts'
import { scenarioLibrary } from '../library.ts'

/** What Linux never shows: allowances for other systems. */
const notShown = [
  'clone.unknown',
  'getpgid.negative.einval',
  'prctl.pdeathsig.unknown',
  'prctl.subreaper.unknown',
  'thread.flags.unknown',
  'waitpid.kinds.unknown',
]

it('every clause about processes is shown by some scenario', () => {
  const old = { ...usualFacts, version: versionOf('6.1') }
  const starts = [usualFacts, old].map((facts) => initialWorld(facts, rootActors))
  const shown = new Set(
    scenarioLibrary('processes').flatMap(({ text }) =>
      starts.flatMap((start) => [...foresee(text, start, linux).rules]),
    ),
  )
  const all = new Set(processClauses.map(({ id }) => id))
  expect([...all].filter((id) => !shown.has(id)).sort()).toEqual(notShown)
})
