import { ALTER, READ } from '../common/access.ts'
import { alters } from './attempt.ts'
import type { SemopCall } from './state.ts'

/** The permission that an operation array needs. */
export const requestOf = ({ operations }: SemopCall): number => (operations.some(alters) ? ALTER : READ)
