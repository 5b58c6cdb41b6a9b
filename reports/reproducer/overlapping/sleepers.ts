import type { Call } from '../../../model/vocabulary/forms.ts'
import { ASLEEP } from '../../../oracle/histories/outcome.ts'
import type { OverlappingProgram } from '../../../oracle/trace/timed-call.ts'

/** Calls of which none may be asleep in the end while its operations can be done, and the look that tells the values. */
export interface Sleepers {
  /** The step of the look, and the semaphores that it reads. */
  readonly look: number
  readonly semaphores: number
  readonly calls: readonly { readonly step: number; readonly operations: Operations }[]
}

/** A program, and what came of its steps from the first that overlaps on. */
interface Ran {
  readonly program: OverlappingProgram
  readonly seen: readonly string[] | null
}

type Operations = readonly { readonly sem: number; readonly change: number }[]

/** Where somebody slept in the end whose operations could be done: that is wrong whatever came of the others. */
export function sleepersOf({ program, seen }: Ran): Sleepers | undefined {
  const { scenario, first, last } = program
  const look = last + scenario.steps.slice(last).findIndex(({ call }) => call.name === 'semctl.GETALL')
  const asked = scenario.steps[look]?.call
  if (seen === null || look < last || asked?.name !== 'semctl.GETALL') return undefined
  if (scenario.steps.slice(last, look).some(({ call }) => !/\.(GET|IPC_STAT)/.test(call.name)))
    return undefined
  const told = /^0 values=([\d,]+)$/.exec(seen[look - first] ?? '')?.[1]
  const values = told?.split(',').map(Number) ?? []
  const calls = scenario.steps.slice(first, last).flatMap(({ call }, at) => {
    const operations = operationsOf(call, asked.set, values.length)
    return operations === undefined ? [] : [{ step: first + at, operations }]
  })
  const isWrong = calls.some(
    ({ step, operations }) => seen[step - first] === ASLEEP && canBeDone(values, operations),
  )
  return isWrong ? { look, semaphores: values.length, calls } : undefined
}

/** Of a call that may sleep for ever on the set. */
function operationsOf(call: Call, set: unknown, semaphores: number): Operations | undefined {
  if (!('operations' in call) || call.set !== set) return undefined
  if ('timeout' in call && call.timeout !== 'none') return undefined
  return call.operations.every(({ sem }) => sem < semaphores) ? call.operations : undefined
}

/** One after the other. */
function canBeDone(values: readonly number[], operations: Operations): boolean {
  const after = [...values]
  return operations.every(({ sem, change }) => {
    const value = after[sem] ?? 0
    after[sem] = value + change
    return change === 0 ? value === 0 : value + change >= 0
  })
}

/** C that has the operations of all that may sleep. */
export const tableOf = ({ calls }: Sleepers): string =>
  `/* None of these calls may be asleep in the end while its operations can be done. */
static const struct {
	int number;
	unsigned count;
	struct sembuf operations[${Math.max(...calls.map(({ operations }) => operations.length))}];
} sleepers[] = {
${calls
  .map(({ step, operations }) => {
    const all = operations.map(({ sem, change }) => `{ ${sem}, ${change}, 0 }`).join(', ')
    return `\t{ ${step + 1}, ${operations.length}, { ${all} } },\n`
  })
  .join('')}};
`

/** C that tells whether nobody sleeps who could go on. `values`: what the look has read. */
export const nobodySleeps = (
  { look, semaphores }: Sleepers,
  values: string,
): string => `/* Whether all operations can be done, one after the other. */
static int can_be_done(const struct sembuf *operations, unsigned count)
{
	int after[${semaphores}];

	for (int sem = 0; sem < ${semaphores}; sem++)
		after[sem] = ${values}[sem];
	for (unsigned at = 0; at < count; at++) {
		int *value = &after[operations[at].sem_num];

		if (operations[at].sem_op == 0 ? *value != 0 : *value + operations[at].sem_op < 0)
			return 0;
		*value += operations[at].sem_op;
	}
	return 1;
}

/* The values are those of call ${look + 1}, when nobody could go on. */
static int is_allowed(void)
{
	if (s->came[${look + 1}].is != BACK || s->came[${look + 1}].error != 0)
		return 1;
	for (unsigned at = 0; at < sizeof(sleepers) / sizeof(sleepers[0]); at++)
		if (s->came[sleepers[at].number].is == ASLEEP &&
		    can_be_done(sleepers[at].operations, sleepers[at].count))
			return 0;
	return 1;
}
`
