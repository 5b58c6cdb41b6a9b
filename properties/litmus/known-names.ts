import { formOf } from '../../model/vocabulary/forms.ts'
import { actorsIn, sleeperOf } from './end-of.ts'
import type { LitmusTest } from './litmus-test.ts'
import { objectsOf } from './objects.ts'

/** Everything that a condition about the test may mention. */
export const knownNames = (test: Pick<LitmusTest, 'setup' | 'columns'>): readonly string[] => [
  ...test.columns.flatMap(({ actor, calls }) =>
    calls.flatMap(({ name }, at) => [
      `${actor}.${at + 1}`,
      ...toldOutputs(name).map((output) => `${actor}.${at + 1}.${output}`),
    ]),
  ),
  ...test.setup.map(({ actor }) => sleeperOf(actor)),
  ...actorsIn(test),
  ...objectsOf(test).flatMap(({ name, looks }) => [
    name,
    ...looks.flatMap(({ tells }) => tells.map(({ as }) => as)),
  ]),
]

/** The outputs of a call that an end tells: not times, identifiers and users. */
export const toldOutputs = (name: Parameters<typeof formOf>[0]): readonly string[] =>
  formOf(name)
    .outputs.filter(({ kind }) => kind === 'int' || kind === 'long' || kind === 'pid' || kind === 'list')
    .map((output) => output.name)
