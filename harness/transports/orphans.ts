/** Process groups that must not outlive this process. */
const groups = new Set<number>()

const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/**
 * Kills the process group when this process exits or is ended by a signal that nobody else handles. (If it is
 * killed outright the probe still sees the end of its input.) The returned function forgets the group again.
 */
export function killAtExit(group: number): () => void {
  if (groups.size === 0) {
    process.on('exit', killAll)
    for (const signal of signals) process.on(signal, endBySignal)
  }
  groups.add(group)
  return () => {
    if (!groups.delete(group) || groups.size > 0) return
    process.off('exit', killAll)
    for (const signal of signals) process.off(signal, endBySignal)
  }
}

/** Kills a process group; one that is gone already is fine. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // No such group: it ended by itself.
  }
}

function killAll(): void {
  for (const group of groups) killGroup(group)
}

/** Having a listener took away the signal's default action: do it here, unless someone else listens as well. */
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  killAll()
  process.off(signal, endBySignal)
  process.kill(process.pid, signal)
}
