import type { Account } from '../../oracle/account.ts'
import { obstacleTo } from './obstacle.ts'
import type { ReproducerOptions } from './options.ts'
import { program } from './program.ts'

/** A C program that shows a deviation, or why there is none. */
export type Reproducer = { readonly text: string } | { readonly obstacle: string }

/**
 * The story of a deviation as a stand-alone C program: exit status 0 if the target does what is allowed, 1 if it
 * deviates, 77 where this cannot be tried. Of an account without deviation every step is looked at.
 */
export function reproducer(account: Account, options: ReproducerOptions): Reproducer {
  const obstacle = obstacleTo(account)
  if (obstacle !== '') return { obstacle }
  return { text: program(account, options) }
}
