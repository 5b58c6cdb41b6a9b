/** The lines of a scenario's text, with `>` before the step of this index (from 0). */
export function markedScenario(scenario: string, step: number): readonly string[] {
  let index = 0
  return scenario
    .trimEnd()
    .split('\n')
    .map((line) => {
      const isStep = !/^\s*(#|$)/.test(line) && !/^\s*\w+:\s*returns\b/.test(line)
      return `${isStep && index++ === step ? '>' : ' '} ${line}`.trimEnd()
    })
}
