import { isValid, type LitmusTest, type Observation } from '../../properties/litmus/litmus-test.ts'
import { printProposition } from '../../properties/litmus/proposition.ts'

/** The condition as it stands in the file. */
export const conditionWords = ({ quantifier, proposition }: LitmusTest): string =>
  `${quantifier} ${printProposition(proposition)}`

/** `holds` or `does not hold`, and how often the proposition was true. */
export const verdictWords = ({ quantifier }: LitmusTest, observation: Observation): string =>
  `${isValid(quantifier, observation) ? 'holds' : 'does not hold'} (${observation})`
