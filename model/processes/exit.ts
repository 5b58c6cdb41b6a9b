import type { CallOf } from '../vocabulary/forms.ts'
import { endProcess } from './end.ts'
import type { Unrest } from './unrest.ts'

/** _exit: the actor ends and nothing returns. */
export function exit(unrest: Unrest, actor: string, { status }: CallOf<'_exit'>): void {
  endProcess(unrest, actor, { is: 'exited', code: status })
}
