import { targets } from '../../harness/targets/targets.ts'
import type { CatalogueRule } from '../../model/catalogue/rules.ts'
import { initialWorld, usualFacts } from '../../model/initial.ts'
import { linux, type Profile } from '../../model/profile.ts'
import type { Clause } from '../../model/rule.ts'
import { rootActors } from '../../model/vocabulary/scenario.ts'
import { covers } from '../../oracle/expectations/expected-deviation.ts'
import { lies } from '../../properties/lies/lies.ts'
import { foresee } from '../../properties/scenarios/foresee.ts'
import { scenarioLibrary } from '../../properties/scenarios/library.ts'
import { readExpectations, shippedFile } from '../expectations/read.ts'
import { families } from '../families.ts'
import { type Hold, holds } from '../rule-profiles.ts'

/** All that is known about a rule, as `explain --json` prints it. */
export interface ExplainedRule {
  readonly id: string
  /** Other ids of the same rule. */
  readonly also: readonly string[]
  readonly family: CatalogueRule['family']
  readonly strength: Clause['strength']
  readonly profiles: Readonly<Record<Profile['name'], Hold>>
  readonly sentence: string
  readonly cites: readonly string[]
  /** Why it is not exercised; null if the model has it. */
  readonly reason: string | null
  /** Named scenarios that are about the rule, and others that come by it on Linux. */
  readonly scenarios: { readonly about: readonly string[]; readonly also: readonly string[] }
  /** Targets of which it is known that they deviate, and why. */
  readonly deviating: readonly KnownDeviation[]
  /** C libraries, wrong on purpose, that break the rule: what each does. */
  readonly lies: readonly { readonly name: string; readonly breaks: string; readonly witness: string }[]
}

export interface KnownDeviation {
  readonly target: string
  /** Versions of the target, empty where it is every one. */
  readonly since: string
  readonly until: string
  readonly reason: string
  readonly link: string
}

export async function explainedRule(rule: CatalogueRule): Promise<ExplainedRule> {
  const { id, also, family, strength, sentence, cites, reason } = rule
  return {
    ...{ id, also, family, strength, profiles: holds(rule), sentence, cites, reason },
    scenarios: scenariosOf(rule),
    deviating: await deviatingTargets(id),
    lies: lies
      .filter(({ rules }) => rules.includes(id))
      .map(({ name, breaks, witness }) => ({ name, breaks, witness })),
  }
}

/** The named scenarios that list the rule, and those that use it when Linux does what it documents. */
function scenariosOf({ id, also, family, reason }: CatalogueRule): ExplainedRule['scenarios'] {
  if (reason !== null) return { about: [], also: [] }
  const ids = [id, ...also]
  const start = initialWorld(usualFacts, rootActors)
  const about: string[] = []
  const others: string[] = []
  for (const each of family === 'common' ? families : [family])
    for (const { name, text } of scenarioLibrary(each)) {
      if (text.rules.some((listed) => ids.includes(listed))) about.push(name)
      else if (foresee(text, start, linux).rules.has(id)) others.push(name)
    }
  return { about, also: others }
}

async function deviatingTargets(id: string): Promise<readonly KnownDeviation[]> {
  const found: KnownDeviation[] = []
  for (const { name: target } of targets) {
    const file = shippedFile(target)
    if (file === null) continue
    for (const entry of await readExpectations(file)) {
      const { since, until, reason, link } = entry
      if (covers(entry, id)) found.push({ target, since, until, reason, link })
    }
  }
  return found
}
