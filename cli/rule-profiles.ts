import { onLinux } from '../model/catalogue/on-linux.ts'
import type { Profile } from '../model/profile.ts'
import type { Clause, Strength } from '../model/rule.ts'

/**
 * What a profile makes of a rule: `required`; `allowed` beside other behaviour; `open`, whatever happens;
 * `extension`, where POSIX has no such call or option; `never`, what only other systems do.
 */
export type Hold = 'required' | 'allowed' | 'open' | 'extension' | 'never'

/** What each profile makes of the rule. Profile `linux` wants what Linux documents where POSIX leaves a choice. */
export const holds = ({ id, strength }: Clause): Readonly<Record<Profile['name'], Hold>> => ({
  posix: inPosix[strength],
  linux: onLinux[id] ?? 'required',
})

const inPosix: Readonly<Record<Strength, Hold>> = {
  shall: 'required',
  may: 'allowed',
  unspecified: 'open',
  linux: 'extension',
}
