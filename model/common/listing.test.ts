import { describe, expect, it } from 'vitest'
import { endings, inPosix, out, play, playOn } from '../semaphores/play.testing.ts'

describe('vis.proc', () => {
  const made = play('A: S = semget(key1, 3, IPC_CREAT)')

  it('tells what IPC_STAT would tell, to whom that is forbidden', () =>
    expect(out(playOn(made, 'B: sysvipc(sem, S)'), 'B')).toEqual({
      ...{ key: 'key 1', uid: '1000', gid: '1000', cuid: '1000', cgid: '1000' },
      ...{ mode: '0', nsems: '3', otime: '0', ctime: 'time' },
    }))

  it('has no line of a removed object', () =>
    expect(playOn(made, 'A: semctl(S, 0, IPC_RMID)', 'B: sysvipc(sem, S)').ending).toBe('B 0'))

  it('may not be there on other systems', () =>
    expect(endings(inPosix(made, 'B: sysvipc(sem, S)'))).toEqual(['B 1', 'B ENOENT']))
})
