import { describe, expect, it } from 'vitest'
import { endings, out, play, playOn, stranger, withFacts } from '../semaphores/play.testing.ts'

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

describe('a program that runs while a deadline passes', () => {
  it('leaves alone what somebody else returns', () => {
    const waiting = playOn(made(), 'A: T = semget(private, 1)', 'B: semtimedop(S, [0 -1], {0 5000000})')
    expect(endings(playOn(waiting, 'A: ipcrm(sem, T)'))).toEqual(['A 0', 'A 0, B EAGAIN'])
    const refused = playOn(waiting, 'C: become(8, 8)', 'C: ipcrm(sem, T)')
    expect(endings(refused)).toEqual(['B EAGAIN, C 1', 'C 1'])
  })
})

describe('id.next_id', () => {
  it('is used up by objects that nobody sees, too', () => {
    const wished = play('A: become(own, own, {}, CAP_SYS_ADMIN)', 'A: setnextid(sem, 5)')
    expect(playOn(wished, 'A: getnextid(sem)').ending).toBe('A 5')
    expect(playOn(wished, 'A: churn(sem, 1)', 'A: getnextid(sem)').ending).toBe('A -1')
  })

  it('stays where the limits leave no room for such objects', () => {
    const wished = play('A: become(own, own, {}, CAP_SYS_ADMIN)', 'A: setnextid(sem, 5)')
    const full = playOn(wished, 'A: setlimit(semmsl, 0)', 'A: churn(sem, 1)')
    expect(full.ending).toBe('A EINVAL')
    expect(playOn(full, 'A: getnextid(sem)').ending).toBe('A 5')
  })
})

describe('id.cyclic-index', () => {
  it.each([
    ['semmsl', 'sem', 'EINVAL'],
    ['semmns', 'sem', 'ENOSPC'],
    ['semmni', 'sem', 'ENOSPC'],
    ['msgmni', 'msg', 'ENOSPC'],
    ['shmmax', 'shm', 'EINVAL'],
    ['shmall', 'shm', 'ENOSPC'],
    ['shmmni', 'shm', 'ENOSPC'],
  ])('is not to be seen where %s leaves no room', (limit, kind, errno) => {
    expect(play(`A: setlimit(${limit}, 0)`, `A: churn(${kind}, 1)`).ending).toBe(`A ${errno}`)
  })
})
