/** `ipc-oracle/vitest`: importing it teaches vitest's `expect` the matcher `toConformTo`. */
import { expect } from 'vitest'
import type { Profile } from '../../model/profile.ts'
import { toConformTo } from './to-conform-to.ts'

expect.extend({ toConformTo })

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that is merged with has it so
  interface Matchers<T = any> {
    /** The recording, or each one of the text of a trace (then it is a promise), conforms to the profile. */
    toConformTo(profile?: Profile['name']): T
  }
}

export { type Recorded, toConformTo } from './to-conform-to.ts'
