import { expect, it } from 'vitest'
import { initialWorld, usualFacts } from '../model/initial.ts'
import { newId } from './new-ids.ts'

const world = initialWorld(usualFacts, ['A'])
const afterChurn = (last: number, passed: number, wish = -1) =>
  newId({ is: 'new id', of: '', kind: 'sets', wish, passed }, { ids: {}, lastIds: { sets: last } }, world)

it('gives the slots in turn', () => expect(afterChurn(5, 0)).toBe(6))
it('gives the first slot again behind the 64th, with the next sequence number', () => {
  expect(afterChurn(63, 0)).toBe(32768)
  expect(afterChurn(5, 127)).toBe(2 * 32768 + 5)
})
it('begins with sequence number 0 again', () => expect(afterChurn(65534 * 32768 + 63, 0)).toBe(0))
it('grants a wish', () => expect(afterChurn(5, 0, 65543)).toBe(65543))
it('cannot tell without the one before', () =>
  expect(
    newId({ is: 'new id', of: '', kind: 'sets', wish: -1, passed: 0 }, { ids: {}, lastIds: {} }, world),
  ).toBeUndefined())
