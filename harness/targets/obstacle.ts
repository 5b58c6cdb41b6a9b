import { HarnessError } from '../problems.ts'
import type { StartOptions, Target } from './target.ts'

/** What keeps a target from running here, found by trying; null when it runs. */
export async function triedObstacle(target: Target, options: StartOptions): Promise<string | null> {
  try {
    const started = await target.start(options)
    await started.close()
    return null
  } catch (error) {
    if (error instanceof HarnessError) return error.message
    throw error
  }
}
