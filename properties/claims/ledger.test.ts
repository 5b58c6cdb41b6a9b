import { describe, expect, it } from 'vitest'
import { claimFamilies, LedgerError, loadLedger, readLedger } from './ledger.ts'
import { loadTrials } from './trials.ts'

const heading = 'id\tfamily\tnotes\tcontradicts\tverdict\tuntried\tsentence\n'
const row = (...cells: readonly string[]) => `${cells.join('\t')}\n`
const good = row('sem-01', 'semaphores', '1 4', '-', 'holds', '-', 'P sleeps at 0.')

describe('a ledger', () => {
  it('is read', () => {
    expect(readLedger(heading + good)).toEqual([
      {
        ...{ id: 'sem-01', family: 'semaphores', notes: [1, 4], contradicts: [], verdict: 'holds' },
        ...{ untried: '', sentence: 'P sleeps at 0.' },
      },
    ])
  })

  it.each([
    ['id\tfamily\n', 'line 1: the columns must be id, family'],
    [heading + row('sem-01', 'semaphores'), 'line 2: seven columns are due, not 2'],
    [heading + good.replace('sem-01', 'sem'), 'line 2: `sem` is no id'],
    [heading + good.replace('semaphores', 'signals'), 'line 2: there is no family `signals`'],
    [heading + good.replace('1 4', '1 5'), 'line 2: `1 5` are no notes'],
    [heading + good.replace('holds', 'true'), 'line 2: `true` is no verdict'],
    [heading + good.replace('at 0.', 'at 0'), 'line 2: the claim is no sentence'],
    [heading + good + good, 'sem-01 stands there twice'],
    [heading + good.replace('4\t-', '4\tsem-02'), 'sem-01 contradicts sem-02, which is no claim'],
  ])('is refused where something is wrong: %#', (text, problem) => {
    expect(() => readLedger(text)).toThrow(LedgerError)
    expect(() => readLedger(text)).toThrow(problem)
  })
})

describe('the ledger', () => {
  const ledger = loadLedger()

  it('has a trial for each claim, or a reason why not', () => {
    const trials = new Map(claimFamilies.map((family) => [family, loadTrials(family)]))
    const tried = ledger.filter(({ id, family }) => trials.get(family)?.has(id))
    expect(ledger.filter(({ untried }) => untried === '')).toEqual(tried)
    expect([...trials.values()].reduce((sum, { size }) => sum + size, 0)).toBe(tried.length)
  })

  it('has a title in each trial, and something that decides', () => {
    const trials = claimFamilies.flatMap((family) => [...loadTrials(family).values()].flat())
    const toothless = trials.filter(
      (trial) =>
        trial.title === '' ||
        (trial.is === 'scenario' && !trial.checks.some(({ is, decides }) => decides && is !== 'name')),
    )
    expect(toothless.map(({ name }) => name)).toEqual([])
  })

  it('says in both places that two claims contradict each other', () => {
    const pairs = ledger.flatMap(({ id, contradicts }) => contradicts.map((other) => `${id} ${other}`))
    const reversed = pairs.map((pair) => pair.split(' ').reverse().join(' '))
    expect(pairs.filter((pair) => !reversed.includes(pair))).toEqual([])
  })
})
