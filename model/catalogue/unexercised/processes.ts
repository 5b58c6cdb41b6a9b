import type { Unexercised } from '../entry.ts'

/** The rules about processes and waiting for them that the model does not have, sorted by id. */
// biome-ignore format: one entry a line, so that changes merge
export const processes: readonly Unexercised[] = [
]
