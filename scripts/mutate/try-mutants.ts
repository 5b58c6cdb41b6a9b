import type { Baseline } from './baseline.ts'
import type { Corpus } from './corpus.ts'
import { type Case, isPosix } from './judging.ts'
import { applyEdit, type Mutant } from './mutant.ts'
import { scriptOf } from './survey.ts'
import { openThread } from './thread.ts'

/**
 * `survived`: every recording conforms still. `unreached`: no recording comes to the place. `open`: it survived, and
 * only in profile posix anything else is allowed: what Linux never does.
 */
export type Fate = 'killed' | 'timeout' | 'survived' | 'unreached' | 'open'

export interface Tried {
  readonly mutant: Mutant
  readonly fate: Fate
  /** Why it was killed: what the judge said. Of a survivor whose worlds differ: that nobody looks. */
  readonly reason: string
}

export interface Trying {
  readonly texts: ReadonlyMap<string, string>
  readonly scripts: ReadonlyMap<string, string>
  readonly corpus: Corpus
  readonly baseline: Baseline
  readonly jobs: number
  /** Milliseconds after which a mutant that finishes no recording counts as stuck. */
  readonly limit: number
  readonly stop: AbortSignal
  readonly tried: (tried: Tried) => void
}

/** A recording over which a mutant takes so many times more than any recording takes the model does not end. */
const LONGER = 20
/** The model allows something else, or remembers it, but what was seen fits. */
const UNSEEN = 'what differs is not looked at'
/** So many of the last recordings that killed a mutant of a file are tried first with the next. */
const KILLERS = 6

/** Tries the mutants, each until the first recording that does not conform. */
export async function tryMutants(mutants: readonly Mutant[], trying: Trying): Promise<readonly Tried[]> {
  const { baseline, stop } = trying
  const found: Tried[] = []
  const killers = new Map<string, readonly Case[]>()
  const left = mutants.values()
  const tell = (tried: Tried) => {
    found.push(tried)
    trying.tried(tried)
  }
  const work = async () => {
    const thread = openThread({
      scripts: trying.scripts,
      corpus: trying.corpus,
      most: LONGER * baseline.most,
    })
    const stopped = () => void thread.close()
    stop.addEventListener('abort', stopped)
    try {
      for (const mutant of left) {
        if (stop.aborted) return
        const reaching = baseline.reaching(mutant.region)
        const known = killers.get(mutant.file) ?? []
        const cases = inOrder(reaching, known)
        if (cases.length === 0) {
          tell({ mutant, fate: 'unreached', reason: '' })
          continue
        }
        const source = applyEdit(trying.texts.get(mutant.file) ?? '', mutant.edit)
        const answer = await thread.judge(
          { file: mutant.file, script: scriptOf(mutant.file, source), cases },
          trying.limit,
        )
        if (stop.aborted) return
        if (answer === 'timeout') tell({ mutant, fate: 'timeout', reason: '' })
        else if (answer.killedBy === -1)
          tell({
            mutant,
            fate: reaching.every(isPosix) || answer.difference === 'posix' ? 'open' : 'survived',
            reason: answer.difference === 'linux' ? UNSEEN : '',
          })
        else {
          const { killedBy, reason } = answer
          killers.set(mutant.file, [killedBy, ...known.filter((at) => at !== killedBy)].slice(0, KILLERS))
          tell({ mutant, fate: answer.isEndless ? 'timeout' : 'killed', reason })
        }
      }
    } finally {
      stop.removeEventListener('abort', stopped)
      await thread.close()
    }
  }
  await Promise.all(Array.from({ length: trying.jobs }, work))
  return found
}

/** First what killed neighbours, then profile linux, then posix. */
function inOrder(reaching: readonly Case[], killers: readonly Case[]): readonly Case[] {
  const able = new Set(reaching)
  const first = killers.filter((at) => able.has(at))
  const rest = reaching.filter((at) => !first.includes(at))
  return [...first, ...rest.filter((at) => !isPosix(at)), ...rest.filter(isPosix)]
}
