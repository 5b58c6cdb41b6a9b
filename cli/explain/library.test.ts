import { describe, expect, it } from 'vitest'
import { linux, posix } from '../../model/profile.ts'
import { follow } from '../../oracle/explanation/follow.ts'
import { scenarioLibrary } from '../../properties/scenarios/library.ts'
import { followedStory } from '../../reports/diagram/followed-story.ts'
import { textDiagram } from '../../reports/diagram/text-diagram.ts'
import { families } from '../families.ts'
import { explainedScenario } from './explained-scenario.ts'
import { scenarioText } from './scenario-text.ts'

const style = { columns: 80, colour: false }

describe.each(families)('the named scenarios of %s', (family) => {
  it('are explained to their end as they are meant, and fit a terminal', () => {
    for (const { name, text } of scenarioLibrary(family)) {
      const followed = follow(text, [linux, posix])
      expect(followed.problem, name).toBe('')
      expect(
        followed.steps.flatMap(({ unmet }) => unmet),
        name,
      ).toEqual([])
      const table = scenarioText(explainedScenario('', followed, [linux, posix]), false, style)
      const lines = [table, textDiagram(followedStory('', followed), style)].join('\n').split('\n')
      expect(
        lines.filter((line) => line.length > style.columns),
        name,
      ).toEqual([])
    }
  })
})
