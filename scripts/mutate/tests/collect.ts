import { expect } from './expect.ts'

/** A test as its file declares it. */
export interface UnitTest {
  readonly name: string
  readonly run: () => unknown
}

type Body = (...given: unknown[]) => unknown

/**
 * What a test file imports from vitest, as far as tests of the model use it; what is declared is put into `to`.
 * Vitest itself loads modules in its own way, and takes seconds for what takes milliseconds here.
 */
export function collector(to: UnitTest[]) {
  const around: string[] = []
  const describe = (name: string, declare: Body, given: readonly unknown[] = []) => {
    around.push(name)
    declare(...given)
    around.pop()
  }
  const it = (name: string, body: Body, given: readonly unknown[] = []) => {
    to.push({ name: [...around, name].join(' > '), run: () => body(...given) })
  }
  /** Options may stand before the body. */
  const bodyOf = (rest: readonly unknown[]) => rest.find((each) => typeof each === 'function') as Body
  const each =
    (declare: (name: string, body: Body, given: readonly unknown[]) => void) =>
    (cases: readonly unknown[]) =>
    (name: string, ...rest: readonly unknown[]) => {
      for (const given of cases) {
        const list = Array.isArray(given) ? given : [given]
        declare(`${name} ${JSON.stringify(list[0], bigints)}`, bodyOf(rest), list)
      }
    }
  const itself = (name: string, ...rest: readonly unknown[]) => it(name, bodyOf(rest))
  const block = (name: string, ...rest: readonly unknown[]) => describe(name, bodyOf(rest))
  return {
    expect,
    it: Object.assign(itself, { each: each(it) }),
    test: Object.assign(itself, { each: each(it) }),
    describe: Object.assign(block, { each: each(describe) }),
  }
}

const bigints = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
