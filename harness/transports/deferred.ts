/** A promise that is settled from outside; only the first settlement counts. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  isSettled(): boolean
  resolve(value: T): void
  reject(reason: Error): void
}

export function createDeferred<T>(): Deferred<T> {
  let settle: { resolve: (value: T) => void; reject: (reason: Error) => void } | undefined
  let settled = false
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return {
    promise,
    isSettled: () => settled,
    resolve(value) {
      settled = true
      settle?.resolve(value)
    },
    reject(reason) {
      settled = true
      settle?.reject(reason)
    },
  }
}
