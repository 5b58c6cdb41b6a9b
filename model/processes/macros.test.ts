import { describe, expect, it } from 'vitest'
import { out, play } from '../semaphores/play.testing.ts'

const fieldsOfNothing = ['exited', 'signaled', 'stopped', 'continued'].map(
  (field) => out(play('A: macros(65536)'))[field],
)
const fieldsOf = (status: number) => out(play(`A: macros(${status})`))

describe('macro.exclusive', () => {
  it.each([0, 255 << 8, 9, 64, 0x8b, 0x137f, 0xffff])('%i is one thing only', (status) => {
    const { exited, signaled, stopped, continued } = fieldsOf(status)
    expect([exited, signaled, stopped, continued].filter((truth) => truth === '1')).toHaveLength(1)
  })
})

describe('a number that no wait stores', () => {
  it.each([-1, -256, 0x10000, 0x80, 0x7f, 0x417f, 0x109])('%i is nothing', (status) => {
    const { exited, signaled, stopped, continued } = fieldsOf(status)
    expect([exited, signaled, stopped, continued]).toEqual(fieldsOfNothing)
  })
})

describe('macro.exited', () => {
  it('tells eight bits', () => expect(fieldsOf(0xff00)).toMatchObject({ exited: '1', exitstatus: '255' }))
})

describe('macro.signaled', () => {
  it('tells the signal', () =>
    expect(fieldsOf(11)).toMatchObject({ signaled: '1', termsig: '11', coredump: '0' }))
})

describe('macro.coredump', () => {
  it('tells about who was killed', () =>
    expect(fieldsOf(0x8b)).toMatchObject({ termsig: '11', coredump: '1' }))
  it('is open for the others', () => expect(fieldsOf(0xffff).coredump).toBe('anything'))
})

describe('macro.stopped', () => {
  it('tells the signal', () => expect(fieldsOf(0x137f)).toMatchObject({ stopped: '1', stopsig: '19' }))
})

describe('macro.foreign-values', () => {
  it.each([0x7f, 0x101, -1, 0x10000])('%i may be anything', (status) =>
    expect(new Set(Object.values(fieldsOf(status)))).toEqual(new Set(['anything'])))
})
