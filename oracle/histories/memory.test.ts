import { describe, expect, it } from 'vitest'
import { aHeader } from '../trace/a-header.testing.ts'
import { judged } from './histories.testing.ts'

const setup = 'A: M = shmget(private, 100)'
const verdict = (...lines: readonly string[]) => judged(setup, lines).verdict

const exclusive = 'shmget(key1, 100, IPC_CREAT|IPC_EXCL|0600)'

describe('histories of shared memory', () => {
  it('have one maker of a key only', () => {
    expect(verdict(`A 1-9 X = ${exclusive} = 5`, `B 1-9 Y = ${exclusive} = EEXIST`)).toBe('conforms')
    expect(verdict(`A 1-9 X = ${exclusive} = 5`, `B 1-9 Y = ${exclusive} = 6`)).toBe('deviates')
    expect(verdict(`A 1-9 X = ${exclusive} = EEXIST`, `B 1-9 Y = ${exclusive} = EEXIST`)).toBe('deviates')
  })

  it('count attachments when nobody attaches any more', () => {
    const attach = ['A 1-9 X = shmat(M, arena) = 0x0', 'B 1-9 Y = shmat(M, arena) = 0x0'].map((line) =>
      line.replace('0x0', String(aHeader().arena)),
    )
    expect(verdict(...attach, 'A 10-11 shmctl(M, IPC_STAT) = 0 nattch=2')).toBe('conforms')
    expect(verdict(...attach, 'A 10-11 shmctl(M, IPC_STAT) = 0 nattch=1')).toBe('deviates')
  })

  it('may count an attachment twice while it is made', () => {
    const attach = `A 1-9 X = shmat(M, arena) = ${aHeader().arena}`
    expect(verdict(attach, 'B 5-6 shmctl(M, IPC_STAT) = 0 nattch=2')).toBe('conforms')
    expect(verdict(attach, 'B 10-11 shmctl(M, IPC_STAT) = 0 nattch=2')).toBe('deviates')
  })

  it('find a segment that goes while they look', () => {
    const [remove, attach] = ['A 1-9 shmctl(M, IPC_RMID) = 0', 'B 1-9 X = shmat(M, arena) =']
    expect(verdict(remove, `${attach} EIDRM`)).toBe('conforms')
    expect(verdict(remove, `${attach} EINVAL`)).toBe('conforms')
    expect(verdict('A 1-2 shmctl(M, IPC_RMID) = 0', 'B 3-9 X = shmat(M, arena) = EIDRM')).toBe('deviates')
  })

  it('have a segment stay that is removed and attached', () => {
    const before = `B 1-2 X = shmat(M, arena) = ${aHeader().arena}`
    const remove = 'A 3-4 shmctl(M, IPC_RMID) = 0'
    expect(verdict(before, remove, 'C 3-9 shmctl(M, IPC_STAT) = EIDRM')).toBe('deviates')
    expect(verdict(before, remove, 'B 5-9 shmdt(X) = 0', 'C 5-9 shmctl(M, IPC_STAT) = EIDRM')).toBe(
      'conforms',
    )
  })
})
