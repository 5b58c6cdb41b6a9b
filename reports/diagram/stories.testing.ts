import { linux, posix } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { follow } from '../../oracle/explanation/follow.ts'
import { type Finding, findingStory } from './finding-story.ts'
import { followedStory } from './followed-story.ts'
import type { Story } from './story.ts'

/** The story of a scenario text. For tests. */
export function storyOfText(text: string): Story {
  const parsed = parseScenario(text)
  return followedStory(parsed.scenario.title, follow(parsed, [linux, posix]))
}

/** A child waits for a message, is stopped while it decreases, and killed; its parent waits for it. */
export const childStory = (): Story =>
  storyOfText(`# A child
Q = msgget(private)
A: E = fork()
E: msgrcv(Q, 8)
B: msgsnd(Q, 1, 8)
A: waitpid(E)
B: kill(E, SIGSTOP)
B: kill(E, SIGKILL)
`)

const lostWakeUp: Finding = {
  scenario: `# A lost wake-up
A: S = semget(private, 2)           # A returns the id of S
B: semop(S, [0 -1])                 # B blocks
C: semop(S, [0 -1])                 # C blocks
A: semop(S, [0 +2])                 # A returns 0; C returns 0
A: semctl(S, 0, GETVAL)             # A returns 1
A: semctl(S, 0, GETNCNT)            # not begun
`,
  step: 3,
  observed: 'A returns 0; C returns 0',
  allowed: ['A returns 0; B returns 0; C returns 0'],
  rule: 'semop.inc',
  sentence: 'A positive sem_op is added to the value.',
  cites: ['POSIX.1-2024 semop, DESCRIPTION'],
}

/** A finding in which a sleeper is forgotten at the fourth step. */
export const lostWakeUpStory = (): Story => findingStory(lostWakeUp, linux)
