import { formOf } from '../../model/vocabulary/forms.ts'
import type { Step } from '../../model/vocabulary/scenario.ts'
import type { Argument, Long, Operation, TimeoutArgument } from '../../model/vocabulary/shape.ts'

/**
 * How hard a step is to read: 0 for each argument that may be left out, more for larger numbers, more flags, more
 * operations, later actors. Shrinking only ever goes down, so that it ends.
 */
export function complexity(step: Step | undefined): number {
  if (step === undefined) return 0
  const { actor, call } = step
  const given = call as unknown as Readonly<Record<string, unknown>>
  let sum = Math.max(0, actor.charCodeAt(0) - 'A'.charCodeAt(0))
  for (const argument of formOf(call.name).arguments) sum += complexityOf(argument, given[argument.name])
  return sum + (call.name === 'semtimedop' ? 10 : 0)
}

function complexityOf({ kind, otherwise }: Argument, value: unknown): number {
  if (
    otherwise !== undefined &&
    typeof value !== 'bigint' &&
    JSON.stringify(value) === JSON.stringify(otherwise)
  )
    return 0
  switch (kind) {
    case 'flags':
      return 1 + bitsOf((value as number) ^ (typeof otherwise === 'number' ? otherwise : 0))
    case 'int':
    case 'long':
      return 1 + magnitude(value as Long)
    case 'operations':
      return (value as readonly Operation[]).reduce(
        (sum, { sem, change, flags }) => sum + 20 + sem + magnitude(change) + bitsOf(flags),
        0,
      )
    case 'values':
      return (value as readonly number[]).reduce((sum, each) => sum + magnitude(each), 0)
    case 'key':
      return value === 'private' ? 0 : (value as number) < 0 ? 2 : 1
    case 'user':
      return value === 'own' ? 0 : 1
    case 'timeout':
      return (value as TimeoutArgument) === 'none' ? 0 : 1
    default:
      return 0
  }
}

function bitsOf(flags: number): number {
  let count = 0
  for (let rest = flags >>> 0; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Grows with the number, so that each smaller number is simpler; a negative one is harder than its absolute value. */
const magnitude = (value: Long): number =>
  typeof value === 'bigint' ? 200 : 8 * Math.log2(1 + Math.abs(value)) + (value < 0 ? 0.5 : 0)
