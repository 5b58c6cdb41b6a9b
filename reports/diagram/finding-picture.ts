import type { Profile } from '../../model/profile.ts'
import type { DeviationRecord } from '../../oracle/run.ts'
import { type Finding, findingStory } from './finding-story.ts'
import { type SvgOptions, svgDiagram } from './svg-diagram.ts'

/** A picture, or why there is none. */
export type Picture = { readonly svg: string } | { readonly obstacle: string }

/** The space-time diagram of a finding; there is none where the model cannot follow its scenario. */
export function findingPicture(
  finding: Finding & Pick<DeviationRecord, 'overlap'>,
  profile: Profile,
  { title, ...options }: SvgOptions & { readonly title?: string } = {},
): Picture {
  // A story is told one call at a time.
  if (finding.overlap !== undefined) return { obstacle: 'its calls overlapped' }
  try {
    const story = findingStory(finding, profile)
    return { svg: svgDiagram(title === undefined ? story : { ...story, title }, options) }
  } catch (error) {
    return { obstacle: (error as Error).message }
  }
}
