/** Bites once when it was not fed for as long as it was told; asleep until it is fed first, and after `rest`. */
export interface Watchdog {
  feed(seconds: number): void
  rest(): void
}

export function createWatchdog(bite: (seconds: number) => void): Watchdog {
  let deadline = Number.POSITIVE_INFINITY
  let fed = 0
  let timer: NodeJS.Timeout | undefined
  const wait = (milliseconds: number, then: () => void) => {
    timer = setTimeout(then, Math.min(milliseconds, TIMER_MAX))
  }
  const look = () => {
    const left = deadline - performance.now()
    if (left > 0) wait(left + 1, look)
    else wait(GRACE, lookAgain)
  }
  // This process itself may have been busy or stopped: what arrived meanwhile is read before the second look.
  const lookAgain = () => {
    if (deadline > performance.now()) return look()
    timer = undefined
    bite(fed)
  }
  return {
    feed(seconds) {
      fed = seconds
      deadline = performance.now() + seconds * 1000
      if (timer === undefined) look()
    },
    rest() {
      deadline = Number.POSITIVE_INFINITY
      clearTimeout(timer)
      timer = undefined
    },
  }
}

/** Milliseconds. */
const GRACE = 100
const TIMER_MAX = 2 ** 31 - 1
