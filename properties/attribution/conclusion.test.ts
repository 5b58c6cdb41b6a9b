import { describe, expect, it } from 'vitest'
import type { Call } from '../../model/vocabulary/forms.ts'
import { type Compared, conclusion, type Found } from './conclusion.ts'
import type { Trial } from './trials.ts'

const conforms: Trial = { is: 'conforms' }
const deviates: Trial = { is: 'deviates', always: true }
const unknown: Trial = { is: 'unknown', why: 'it hung' }

const getval: Call = { name: 'semctl.GETVAL', set: 'S', semnum: 0 }

const library = (trial: Trial): Compared => ({
  setup: { without: 'C library', called: "the C library's wrapper", how: 'with syscall(2)' },
  trial,
})
const sandbox = (trial: Trial): Compared => ({
  setup: { without: 'sandbox', called: 'gVisor', how: 'on target host' },
  trial,
})

const conclude = (compared: readonly Compared[], found: Partial<Found> = {}) =>
  conclusion({ again: deviates, call: getval, narrow: false, ...found }, compared)

describe('the conclusion', () => {
  it('blames the layer without which the scenario conforms', () => {
    expect(conclude([library(conforms)])).toEqual({
      on: 'C library',
      sentence: "the C library's wrapper: the same scenario conforms with syscall(2)",
      compared: [{ how: 'with syscall(2)', came: 'conforms', why: '' }],
    })
    expect(conclude([library(deviates), sandbox(conforms)])).toMatchObject({
      on: 'sandbox',
      sentence: 'gVisor: the same scenario deviates with syscall(2) as well, but conforms on target host',
    })
  })

  it('blames the kernel for what deviates without all that is above it', () => {
    expect(conclude([library(deviates)])).toMatchObject({
      on: 'kernel',
      sentence: expect.stringContaining('deviates with syscall(2) as well'),
    })
    expect(conclude([])).toMatchObject({ on: 'kernel', sentence: expect.stringContaining('syscall(2)') })
  })

  it.each([
    ['a scenario that conforms when it is run again', conforms, [library(conforms)]],
    ['one that deviates only sometimes', { is: 'deviates', always: false }, [library(conforms)]],
    ['one that cannot be run again', unknown, []],
    ['what could not be tried last', deviates, [library(deviates), sandbox(unknown)]],
    ['what could not be tried before', deviates, [library(unknown), sandbox(conforms)]],
    ['what could not be tried at all', deviates, [library(unknown)]],
  ] as const)('blames nobody for %s', (_, again, compared) => {
    const { on, sentence } = conclude(compared, { again: again as Trial })
    expect(on).toBe('unknown')
    expect(sentence).toMatch(/^not established: /)
  })

  it('names all that remain where something could not be tried', () => {
    expect(conclude([library(unknown), sandbox(conforms)]).sentence).toBe(
      "not established: it may be the C library's wrapper or gVisor; with syscall(2) the same scenario was not settled: it hung",
    )
    expect(conclude([library(unknown)]).sentence).toContain("the C library's wrapper or something below;")
  })

  it('knows what is no system call', () => {
    const ftok: Call = { name: 'ftok', file: 0, project: 1 }
    expect(conclude([library(conforms)], { call: ftok })).toMatchObject({
      on: 'C library',
      sentence: 'the C library: ftok is no system call',
    })
    expect(conclude([sandbox(conforms)], { call: ftok })).toMatchObject({ on: 'sandbox' })
  })

  it('takes what only a 32-bit build does for the doing of the compat layer', () => {
    const build: Compared = {
      setup: {
        without: 'build',
        called: 'what `gcc -m32` makes of the probe',
        how: 'with the usual compiler',
      },
      trial: conforms,
    }
    expect(conclude([library(deviates), build], { narrow: true })).toMatchObject({ on: 'compat layer' })
    expect(conclude([library(deviates), build])).toMatchObject({ on: 'C library' })
  })
})
