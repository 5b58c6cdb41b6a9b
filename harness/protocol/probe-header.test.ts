import { describe, expect, it } from 'vitest'
import { formNames, formNumber, formOf } from '../../model/vocabulary/forms.ts'
import { probeHeader } from './probe-header.ts'

const header = probeHeader()

describe('probeHeader', () => {
  it('numbers the forms as the wire does', () => {
    expect(header).toContain(`#define FORM_SEMCTL_IPC_STAT ${formNumber['semctl.IPC_STAT']}\n`)
    expect(header).toContain(`#define FORM__EXIT ${formNumber._exit}\n`)
    expect(header).toContain(`#define FORM_COUNT ${formNames.length}\n`)
  })

  it('has a name of its own for each form', () => {
    const names = [...header.matchAll(/^#define (FORM_\w+) \d+$/gm)].map(([, name]) => name)
    expect(new Set(names).size).toBe(formNames.length + 1)
  })

  it('has a letter for each argument', () => {
    const words = [...header.matchAll(/\[FORM_\w+\] = "(\w*)"/g)].map(([, letters]) => letters?.length)
    expect(words).toEqual(formNames.map((name) => formOf(name).arguments.length))
  })

  it('tells what each form can reach', () => {
    expect(header).toMatch(/\[FORM_SEMOP\] = 0,/)
    expect(header).toMatch(/\[FORM_SHMAT\] = 1,/)
    expect(header).toMatch(/\[FORM_FORK\] = 2,/)
  })
})
