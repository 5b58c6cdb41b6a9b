import { describe, expect, it } from 'vitest'
import {
  adjustments,
  allowed,
  endings,
  inPosix,
  out,
  pids,
  play,
  playOn,
  stranger,
  values,
  withFacts,
} from './play.testing.ts'

const one = 'S = semget(private, 1)'
const two = 'S = semget(private, 2)'
const commands = [
  'semctl(X, 0, IPC_STAT)',
  'semctl(X, 0, IPC_SET, own, own, 0600)',
  'semctl(X, 0, IPC_RMID)',
  'semctl(X, 0, GETALL)',
  'semctl(X, 0, SETALL, {1})',
  'semctl(X, 0, GETVAL)',
  'semctl(X, 0, GETPID)',
  'semctl(X, 0, GETNCNT)',
  'semctl(X, 0, GETZCNT)',
  'semctl(X, 0, SETVAL, 1)',
]
const about = (id: string) => commands.map((command) => command.replace('X', id))

describe('semctl.id-negative', () => {
  it.each([...about('-1'), ...about('-2147483648'), 'semctl(-1, 0, 999)'])('%s', (line) => {
    const { ending, rules } = play(line)
    expect(ending).toBe('A EINVAL')
    expect(rules.slice(0, 2)).toEqual(['semctl.id-negative', 'id.negative-einval'])
  })
  it('comes before a bad value', () =>
    expect(play('semctl(-1, 0, SETVAL, -1)').rules).toContain('semctl.id-negative'))
})

describe('id.stale-einval, rmid.later-einval', () => {
  it.each(about('S'))('%s after removal', (line) => {
    const { ending, rules } = play(one, 'semctl(S, 0, IPC_RMID)', line)
    expect(ending).toBe('A EINVAL')
    expect(rules).toEqual(['id.stale-einval', 'rmid.later-einval'])
    expect(allowed(one, 'semctl(S, 0, IPC_RMID)', line)).toEqual(['A EINVAL'])
  })
  it('tells a removed set from one that never was', () =>
    expect(play('semctl(2147483647, 0, GETVAL)').rules).toEqual(['id.stale-einval']))
})

describe('semctl.cmd-unknown', () => {
  it.each(['semctl(S, 0, 999)', 'semctl(S, 0, -1)', 'semctl(2147483647, 0, 999)'])('%s', (line) => {
    const { ending, rules } = play(one, line)
    expect(ending).toBe('A EINVAL')
    expect(rules).toContain('semctl.cmd-unknown')
  })
})

describe('the order of checks', () => {
  const closed = withFacts(play(two), stranger)
  it.each([
    ['semctl(2147483647, 9, SETVAL, -1)', 'A ERANGE'],
    ['semctl(S, 9, SETVAL, 32768)', 'A ERANGE'],
    ['semctl(2147483647, 9, SETVAL, 1)', 'A EINVAL'],
    ['semctl(S, 9, SETVAL, 1)', 'A EINVAL'],
    ['semctl(S, 0, SETVAL, 1)', 'A EACCES'],
    ['semctl(S, 9, GETVAL)', 'A EACCES'],
    ['semctl(S, 9, GETPID)', 'A EACCES'],
    ['semctl(S, 9, GETNCNT)', 'A EACCES'],
    ['semctl(S, 9, GETZCNT)', 'A EACCES'],
    ['semctl(S, 0, GETALL)', 'A EACCES'],
    ['semctl(S, 0, SETALL, {1 32768})', 'A EACCES'],
    ['semctl(S, 0, IPC_STAT)', 'A EACCES'],
    ['semctl(S, 0, IPC_SET, -1, own, 0600)', 'A EPERM'],
    ['semctl(S, 0, IPC_RMID)', 'A EPERM'],
  ])('%s is %s', (line, ending) => expect(playOn(closed, line).ending).toBe(ending))
  it('is open elsewhere', () => {
    expect(endings(inPosix(closed, 'semctl(S, 9, SETVAL, 32768)'))).toEqual([
      'A EACCES',
      'A EINVAL',
      'A ERANGE',
    ])
    expect(endings(inPosix(closed, 'semctl(S, 9, GETVAL)'))).toEqual(['A EACCES', 'A EINVAL'])
    expect(endings(inPosix(closed, 'semctl(S, 0, SETALL, {1 32768})'))).toEqual(['A EACCES', 'A ERANGE'])
    expect(endings(inPosix(closed, 'semctl(S, 0, IPC_SET, -1, own, 0600)'))).toEqual(['A EINVAL', 'A EPERM'])
  })
})

describe('semctl.semnum.bad', () => {
  it.each(['GETVAL', 'GETPID', 'GETNCNT', 'GETZCNT', 'SETVAL, 1'])('%s', (command) => {
    for (const number of [-1, 2]) {
      const { ending, rules } = play(two, `semctl(S, ${number}, ${command})`)
      expect(ending).toBe('A EINVAL')
      expect(rules).toContain('semctl.semnum.bad')
    }
    expect(play(two, `semctl(S, 1, ${command})`).ending).toBe('A 0')
  })
})

describe('semctl.semnum.ignored', () => {
  it.each(['IPC_STAT', 'GETALL', 'SETALL, {1 2}', 'IPC_RMID'])('%s', (command) => {
    for (const number of [-1, 99]) {
      const { ending, rules } = play(two, `semctl(S, ${number}, ${command})`)
      expect(ending).toBe('A 0')
      expect(rules).toContain('semctl.semnum.ignored')
    }
    expect(play(two, `semctl(S, 0, ${command})`).rules).not.toContain('semctl.semnum.ignored')
  })
})

describe('perm.read, ipcstat.perm', () => {
  const closed = 'S = semget(private, 1, 0266)'
  it.each(['GETVAL', 'GETPID', 'GETNCNT', 'GETZCNT', 'GETALL', 'IPC_STAT'])('%s', (command) => {
    const { ending, rules } = play(closed, `semctl(S, 0, ${command})`)
    expect(ending).toBe('A EACCES')
    expect(rules).toEqual(expect.arrayContaining(['perm.read', 'perm.class.owner']))
    expect(rules.includes('ipcstat.perm')).toBe(command === 'IPC_STAT')
    const open = withFacts(play('S = semget(private, 1, 0004)'), stranger)
    expect(playOn(open, `semctl(S, 0, ${command})`).ending).toMatch(/^A 0/)
  })
  it('does not accuse the class of the owner where nobody may read', () =>
    expect(play('S = semget(private, 1, 0222)', 'semctl(S, 0, GETVAL)').rules).not.toContain(
      'perm.class.owner',
    ))
})

describe('perm.alter', () => {
  it.each(['SETVAL, 1', 'SETALL, {1}'])('%s', (command) => {
    const { ending, rules } = play('S = semget(private, 1, 0444)', `semctl(S, 0, ${command})`)
    expect(ending).toBe('A EACCES')
    expect(rules).toContain('perm.alter')
    const open = withFacts(play('S = semget(private, 1, 0002)'), stranger)
    expect(playOn(open, `semctl(S, 0, ${command})`).ending).toBe('A 0')
  })
})

describe('perm.checked-per-call', () => {
  it('is noted where the mode at creation would have decided otherwise', () => {
    const closed = play(one, 'semctl(S, 0, IPC_SET, own, own, 0200)')
    expect(playOn(closed, 'semctl(S, 0, GETVAL)').rules).toContain('perm.checked-per-call')
    expect(playOn(closed, 'semctl(S, 0, SETVAL, 1)').rules).not.toContain('perm.checked-per-call')
    const opened = play('S = semget(private, 1, 0200)', 'semctl(S, 0, IPC_SET, own, own, 0400)')
    expect(playOn(opened, 'semctl(S, 0, GETVAL)').rules).toContain('perm.checked-per-call')
  })
})

describe('semctl.getval, semctl.getall', () => {
  const set = play(two, 'semctl(S, 0, SETALL, {3 4})')
  it('return the values', () => {
    expect(playOn(set, 'semctl(S, 1, GETVAL)')).toMatchObject({ ending: 'A 4', rules: ['semctl.getval'] })
    expect(out(playOn(set, 'semctl(S, 0, GETALL)'))).toEqual({ values: '{3 4}' })
    expect(playOn(set, 'semctl(S, 0, GETALL)').rules).toEqual(['semctl.getall'])
  })
})

describe('semctl.getpid', () => {
  it('is 0, or the last process', () => {
    expect(play(two, 'semctl(S, 1, GETPID)').ending).toBe('A 0')
    const used = play(two, 'B: semop(S, [1 0])', 'semctl(S, 1, GETPID)')
    expect(used.ending).toBe('A pid B')
    expect(used.rules).toContain('semctl.getpid')
  })
})

describe('semctl.getncnt, semctl.getzcnt', () => {
  it('count', () => {
    const waiting = play(two, 'semop(S, [1 +1])', 'B: semop(S, [0 -1])', 'C: semop(S, [1 0])')
    expect(playOn(waiting, 'semctl(S, 0, GETNCNT)').ending).toBe('A 1')
    expect(playOn(waiting, 'semctl(S, 0, GETNCNT)').rules).toContain('semctl.getncnt')
    expect(playOn(waiting, 'semctl(S, 0, GETZCNT)').ending).toBe('A 0')
    expect(playOn(waiting, 'semctl(S, 1, GETZCNT)').ending).toBe('A 1')
    expect(playOn(waiting, 'semctl(S, 1, GETZCNT)').rules).toContain('semctl.getzcnt')
    expect(playOn(waiting, 'semctl(S, 1, GETNCNT)').ending).toBe('A 0')
  })
})

describe('semctl.setval.erange', () => {
  it.each([-1, 32768, 65536, -32768])('%i', (value) => {
    const played = play(one, 'semctl(S, 0, SETVAL, 7)', `semctl(S, 0, SETVAL, ${value})`)
    expect(played.ending).toBe('A ERANGE')
    expect(played.rules).toEqual(['semctl.setval.erange'])
    expect(values(played)).toBe('7')
    expect(allowed(one, `semctl(S, 0, SETVAL, ${value})`)).toEqual(['A ERANGE'])
  })
  it('accepts 0 and the maximum', () => {
    expect(values(play(one, 'semctl(S, 0, SETVAL, 32767)'))).toBe('32767')
    expect(play(one, 'semctl(S, 0, SETVAL, 0)').ending).toBe('A 0')
  })
})

describe('semctl.setval.negative', () => {
  it('is an error, also where the value that fits into an unsigned short is small', () => {
    const played = play(one, 'semctl(S, 0, SETVAL, -65535)')
    expect([played.ending, values(played)]).toEqual(['A ERANGE', '0'])
    expect(played.rules).toEqual(['semctl.setval.negative'])
  })
  it('may set that value elsewhere', () => {
    const open = inPosix(play(one), 'semctl(S, 0, SETVAL, -65535)')
    expect(endings(open)).toEqual(['A 0', 'A ERANGE'])
    expect(new Set(open.outcomes.map(({ world }) => world.sets.S?.semaphores[0]?.value))).toEqual(
      new Set([0, 1]),
    )
  })
})

describe('semctl.setval.ok, semctl.set.sempid', () => {
  it('sets value, ctime and the last process of one semaphore', () => {
    const before = play(two, 'B: semop(S, [0 +1, 1 +1])', 'tick()')
    const played = playOn(before, 'C: semctl(S, 1, SETVAL, 9)')
    expect([values(played), pids(played)]).toEqual(['1 9', 'B C'])
    expect(played.world.sets.S).toMatchObject({ otime: 2, ctime: 4 })
    expect(played.rules).toEqual(['semctl.setval.ok', 'semctl.set.sempid'])
  })
  it('may leave the last process elsewhere', () => {
    const found = inPosix(play(one, 'B: semop(S, [0 +1])'), 'C: semctl(S, 0, SETVAL, 9)').outcomes
    expect(found.map(({ world }) => world.sets.S?.semaphores[0]?.pid).sort()).toEqual(['B', 'C'])
  })
})

describe('semctl.setall.erange', () => {
  it.each(['{1 32768}', '{65535 1}'])('%s sets none', (list) => {
    const played = play(two, 'B: semop(S, [0 +1 SEM_UNDO])', `semctl(S, 0, SETALL, ${list})`)
    expect(played.ending).toBe('A ERANGE')
    expect([values(played), adjustments(played, 'B')]).toEqual(['1 0', '-1 0'])
    expect(played.rules).toEqual(['semctl.setall.erange'])
  })
  it('looks at as many values as there are semaphores', () =>
    expect(play(one, 'semctl(S, 0, SETALL, {1 32768})').ending).toBe('A 0'))
})

describe('semctl.setall.ok, semctl.set.sempid', () => {
  it('sets all values, ctime and all last processes', () => {
    const before = play(two, 'B: semop(S, [0 +1])', 'tick()')
    const played = playOn(before, 'C: semctl(S, 0, SETALL, {8 9})')
    expect([values(played), pids(played)]).toEqual(['8 9', 'C C'])
    expect(played.world.sets.S).toMatchObject({ otime: 2, ctime: 4 })
    expect(played.rules).toEqual(['semctl.setall.ok', 'semctl.set.sempid'])
  })
  it('takes values as unsigned shorts', () =>
    expect(values(play(two, 'semctl(S, 0, SETALL, {65537 -65535})'))).toBe('1 1'))
  it('may leave the last processes elsewhere', () => {
    const found = inPosix(play(two, 'B: semop(S, [0 +1])'), 'C: semctl(S, 0, SETALL, {8 9})').outcomes
    expect(found.map(({ world }) => world.sets.S?.semaphores.map(({ pid }) => pid).join(' ')).sort()).toEqual(
      ['B ', 'C C'],
    )
  })
})

describe('semctl.stat', () => {
  it('reports permission, size and times', () => {
    const played = play('S = semget(key1, 2, IPC_CREAT|0640)', 'semop(S, [0 +1])', 'semctl(S, 0, IPC_STAT)')
    expect(played.rules).toContain('semctl.stat')
    expect(played.rules).not.toContain('get.private.key-not-findable')
    expect(out(played)).toEqual({
      key: 'key 1',
      uid: '1000',
      gid: '1000',
      cuid: '1000',
      cgid: '1000',
      mode: String(0o640),
      nsems: '2',
      otime: 'time',
      ctime: 'time',
    })
  })
})

describe('semctl.set, ipcset.fields', () => {
  it('replaces owner, group and nine bits of the mode, and sets ctime', () => {
    const made = play('S = semget(key1, 1, IPC_CREAT|0600)', 'B: semop(S, [0 -1])', 'tick()')
    const played = playOn(made, 'semctl(S, 0, IPC_SET, 4711, 4712, 0177777)')
    expect(played.ending).toBe('A 0')
    expect(played.rules).toEqual(expect.arrayContaining(['semctl.set', 'ipcset.fields']))
    expect(played.world.sets.S).toMatchObject({
      permission: { key: 1, uid: 4711, gid: 4712, cuid: 1000, cgid: 1000, mode: 0o777 },
      initialMode: 0o600,
      otime: 0,
      ctime: 4,
      sleepers: ['B'],
    })
    expect(played.rules).not.toContain('sem.perm-not-rechecked')
    expect(play(one, 'semctl(S, 0, IPC_SET, own, own, 0)').rules).not.toContain('sem.perm-not-rechecked')
  })
})

describe('ipcset.bad-uid, ipcset.no-partial', () => {
  it.each(['-1, own', 'own, -1'])('%s', (users) => {
    const line = `semctl(S, 0, IPC_SET, ${users}, 0666)`
    const played = play(one, line)
    expect(played.ending).toBe('A EINVAL')
    expect(played.rules).toEqual(['ipcset.bad-uid', 'ipcset.no-partial'])
    expect(played.world.sets.S).toEqual(play(one).world.sets.S)
    expect(allowed(one, line)).toEqual(['A 0', 'A EINVAL'])
  })
  it('counts ids that do not exist in the user namespace', () => {
    const alone = withFacts(play(one), { mapsOthers: false })
    expect(playOn(alone, 'semctl(S, 0, IPC_SET, 4711, own, 0600)').ending).toBe('A EINVAL')
    expect(playOn(alone, 'semctl(S, 0, IPC_SET, 1000, own, 0600)').ending).toBe('A 0')
  })
})

describe('perm.set-rmid', () => {
  it('refuses strangers, whatever the mode', () => {
    const open = withFacts(play('S = semget(private, 1, 0666)'), stranger)
    for (const line of ['semctl(S, 0, IPC_SET, own, own, 0600)', 'semctl(S, 0, IPC_RMID)']) {
      const { ending, rules } = playOn(open, line)
      expect(ending).toBe('A EPERM')
      expect(rules).toEqual(['perm.set-rmid'])
    }
  })
  it('lets the owner, whatever the mode', () => {
    const { ending, rules } = play('S = semget(private, 1, 0)', 'semctl(S, 0, IPC_RMID)')
    expect(ending).toBe('A 0')
    expect(rules).toContain('perm.set-rmid')
    expect(play(one, 'semctl(S, 0, IPC_RMID)').rules).not.toContain('perm.set-rmid')
  })
})

describe('perm.set.owner-can-give-away, perm.creator-keeps-access', () => {
  const given = play(one, 'semctl(S, 0, IPC_SET, 4711, own, 0600)')
  it('leave the creator its rights', () => {
    expect(given.rules).toContain('perm.set.owner-can-give-away')
    expect(playOn(given, 'semctl(S, 0, GETVAL)').rules).toContain('perm.creator-keeps-access')
    const back = playOn(given, 'semctl(S, 0, IPC_SET, own, own, 0600)')
    expect(back.ending).toBe('A 0')
    expect(back.rules).toContain('perm.set-rmid')
    expect(back.rules).not.toContain('perm.set.owner-can-give-away')
    expect(playOn(given, 'semctl(S, 0, IPC_RMID)').ending).toBe('A 0')
  })
  it('give the new owner the rights of an owner', () => {
    const owner = withFacts(given, { uid: 4711, gid: 4711 })
    expect(playOn(owner, 'semctl(S, 0, GETVAL)').ending).toBe('A 0')
    expect(playOn(owner, 'semctl(S, 0, GETVAL)').rules).not.toContain('perm.creator-keeps-access')
    expect(playOn(owner, 'semctl(S, 0, IPC_RMID)').ending).toBe('A 0')
    expect(playOn(withFacts(given, stranger), 'semctl(S, 0, IPC_RMID)').ending).toBe('A EPERM')
  })
})

describe('id.inherit', () => {
  it('lets a child ask, change and remove', () => {
    const forked = play(one, 'E = fork()')
    for (const line of ['E: semctl(S, 0, GETVAL)', 'E: semctl(S, 0, IPC_RMID)']) {
      expect(playOn(forked, line).ending).toBe('E 0')
      expect(playOn(forked, line).rules).toContain('id.inherit')
    }
  })
})

describe('semctl.rmid, rmid.immediate', () => {
  it('remove the set and its key at once', () => {
    const { ending, rules, world } = play('S = semget(key1, 1, IPC_CREAT|0600)', 'semctl(S, 0, IPC_RMID)')
    expect(ending).toBe('A 0')
    expect(rules).toEqual(['semctl.rmid', 'rmid.immediate'])
    expect(world.sets).toEqual({})
    expect(world.freedKeys).toEqual(['set 1'])
  })
  it('work through another name of the set', () => {
    const found = play('S = semget(key1, 1, IPC_CREAT|0600)', 'T = semget(key1, 1, 0600)')
    expect(playOn(found, 'semctl(T, 0, IPC_RMID)').world.sets).toEqual({})
  })
})
