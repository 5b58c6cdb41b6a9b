import type { Corpus } from './corpus.ts'
import type { Ready } from './judge-thread.ts'
import type { Documented } from './judging.ts'
import { applyEdit, type Mutant } from './mutant.ts'
import { scriptOf } from './survey.ts'
import { openThread } from './thread.ts'
import { openTypes } from './types.ts'

/**
 * `killed`: what a kernel answered contradicts it; `misread`: what a named scenario says; `untrue`: a unit test; `mistyped`: nothing of these, but it does not compile. `unreached`: nothing comes
 * to the place. `silent`: no answer of the model changed; `cites`: only the rules that it names; `linux`, `posix`: in
 * this profile it allows something else, or remembers it, but what was seen fits.
 */
export type Fate =
  | 'killed'
  | 'timeout'
  | 'misread'
  | 'untrue'
  | 'mistyped'
  | 'unreached'
  | 'silent'
  | 'cites'
  | 'linux'
  | 'posix'

export const deaths: readonly Fate[] = ['killed', 'timeout', 'misread', 'untrue', 'mistyped']

export interface Tried {
  readonly mutant: Mutant
  readonly fate: Fate
  /** Why it was killed; where the answer of a survivor differs first. */
  readonly reason: string
}

export interface Trying {
  readonly texts: ReadonlyMap<string, string>
  readonly scripts: ReadonlyMap<string, string>
  readonly regions: number
  readonly corpus: Corpus
  readonly library: readonly Documented[]
  readonly testFiles: readonly string[]
  readonly jobs: number
  /** Milliseconds after which a mutant that finishes nothing counts as stuck. */
  readonly limit: number
  readonly stop: AbortSignal
  /** Whether the mutants are tried at all, as the model itself does. */
  readonly accept: (ready: Ready) => boolean
  readonly tried: (tried: Tried) => void
}

/** Tries the mutants, each until something contradicts it. */
export async function tryMutants(mutants: readonly Mutant[], trying: Trying): Promise<readonly Tried[]> {
  const { stop } = trying
  const found: Tried[] = []
  const left = mutants.values()
  const isTyped = openTypes(trying.texts)
  const tell = (tried: Tried) => {
    found.push(tried)
    trying.tried(tried)
  }
  const work = async () => {
    const { scripts, corpus, library, testFiles } = trying
    const thread = openThread({ scripts, regions: trying.regions, corpus, library, testFiles })
    const stopped = () => void thread.close()
    stop.addEventListener('abort', stopped)
    try {
      if (!trying.accept(await thread.ready())) return
      for (const mutant of left) {
        if (stop.aborted) return
        const { file, regions } = mutant
        const source = applyEdit(trying.texts.get(file) ?? '', mutant.edit)
        const answer = await thread.judge({ file, script: scriptOf(file, source), regions }, trying.limit)
        if (stop.aborted) return
        if (answer === 'timeout') tell({ mutant, fate: 'timeout', reason: '' })
        else {
          const fate = answer.is === 'endless' ? 'timeout' : answer.is
          const isWrong = !deaths.includes(fate) && !isTyped(file, source)
          tell({ mutant, fate: isWrong ? 'mistyped' : fate, reason: answer.reason })
        }
      }
    } catch (error) {
      if (!stop.aborted) throw error
    } finally {
      stop.removeEventListener('abort', stopped)
      await thread.close()
    }
  }
  await Promise.all(Array.from({ length: trying.jobs }, work))
  return found
}
