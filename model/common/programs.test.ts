import { describe, expect, it } from 'vitest'
import { out, play, playOn, stranger, withFacts } from '../semaphores/play.testing.ts'

const made = () => play('A: S = semget(key1, 2, IPC_CREAT|0600)')

describe('vis.ipcs', () => {
  it('tells key, mode and size', () => {
    expect(out(playOn(made(), 'A: ipcs(sem, S)'))).toMatchObject({ mode: '384', nsems: '2' })
    expect(playOn(made(), 'A: semctl(S, 0, IPC_RMID)', 'A: ipcs(sem, S)').ending).toBe('A 0')
  })

  it('needs no permission', () => {
    expect(playOn(withFacts(made(), stranger), 'A: ipcs(sem, S)').ending).toBe('A 1')
  })
})

describe('vis.ipcrm', () => {
  it('removes by identifier and by key, once', () => {
    const removed = playOn(made(), 'A: ipcrm(sem, -1, key1)')
    expect(removed.ending).toBe('A 0')
    expect(playOn(removed, 'A: ipcrm(sem, S)').ending).toBe('A 1')
    expect(playOn(removed, 'A: ipcrm(sem, -1, key1)').ending).toBe('A 1')
  })

  it('has no capabilities of who runs it', () => {
    const other = playOn(made(), 'B: become(7, 7, {}, CAP_SYS_ADMIN)', 'B: ipcrm(sem, S)')
    expect(other.ending).toBe('B 1')
    expect(playOn(other, 'B: semctl(S, 0, IPC_RMID)').ending).toBe('B 0')
  })

  it('wakes sleepers', () => {
    expect(playOn(made(), 'B: semop(S, [0 -1])', 'A: ipcrm(sem, S)').ending).toBe('A 0, B EIDRM')
  })
})
