/** Mutants that no recording of a Linux kernel can tell from the model, by name, each with the reason. */
export const equivalents: Readonly<Record<string, string>> = {
  'model/messages/selection.ts arriving operator: bytes <= size || size < 0 ? bytes : Number(size) => bytes < size || size < 0 ? bytes : Number(size)':
    'a body of exactly the size arrives whole either way',
  'model/common/get.ts permissionRefused field: outcome: ({ moment, actor, call, permission }) => { const request = foldedRequest(call.flags) & ~EXECUTE if (permission !== undefined && gr… => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/semaphores/semget.ts missing field: outcome: (situation) => { if (situation.call.nsems === 0) note(situation.moment, zeroMissing) missingKey.outcome(situation) } => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/semaphores/semget.ts exists field: outcome: (situation) => { const { moment, call, set } = situation if (set !== undefined && call.nsems > set.semaphores.length) note(moment,… => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/semaphores/semget.ts existingSet field: outcome: (situation) => { note(situation.moment, sizeNotAbove) existingReturned.outcome(situation) } => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/outcomes.ts OUTCOMES_MAX number: const OUTCOMES_MAX = 20_000 => const OUTCOMES_MAX = 20001':
    'bounds the work of the model, and is no rule',
  'model/outcomes.ts outcomes operator: if (count > OUTCOMES_MAX) throw new Error(`a step of ${call.name} has more than ${OUTCOMES_MAX} outcomes`) => if (count >= OUTCOMES_MAX) throw new Error(`a step of ${call.name} has more than ${OUTCOMES_MAX} outcomes`)':
    'bounds the work of the model, and is no rule',
}
