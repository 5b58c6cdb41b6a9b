import type { Followed } from '../../oracle/explanation/follow.ts'
import { objectStates } from '../../oracle/explanation/object-states.ts'
import type { Story } from './story.ts'
import { storyOf } from './told-step.ts'

/** The story of a scenario as it is followed through the model. */
export const followedStory = (title: string, { steps, problem }: Followed): Story =>
  storyOf(
    title,
    steps.map(({ step, followed, outcome }) => ({
      step,
      words: followed.words,
      objects: objectStates(outcome.world),
      rules: outcome.rules,
      deviation: null,
    })),
    problem,
  )
