/**
 * A profile says how much is left open. `posix`: whatever the standard leaves open stays open; `linux`: the
 * choices and the order of checks that Linux documents.
 */
export interface Profile {
  readonly name: 'posix' | 'linux'
  /** When several errors apply: the first in Linux's order of checks, or any of them. */
  readonly errorOrder: 'specified' | 'any'
  /** Choices that the standard leaves open: only the documented one (alternative 0), or all. */
  readonly openChoices: 'documented' | 'all'
}

export const linux: Profile = { name: 'linux', errorOrder: 'specified', openChoices: 'documented' }

export const posix: Profile = { name: 'posix', errorOrder: 'any', openChoices: 'all' }

export const profiles: Readonly<Record<Profile['name'], Profile>> = { linux, posix }
