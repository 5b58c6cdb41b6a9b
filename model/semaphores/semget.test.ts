import { describe, expect, it } from 'vitest'
import { allowed, endings, inPosix, out, play, playOn, stranger, values, withFacts } from './play.testing.ts'

const made = 'S = semget(key1, 3, IPC_CREAT|0600)'

describe('semget.nsems.range', () => {
  const id = 'semget.nsems.range'
  it.each([
    'X = semget(private, -1)',
    'X = semget(private, 32001)',
    'X = semget(key1, -1, 0)',
    'X = semget(key1, 32001, IPC_CREAT|IPC_EXCL|0600)',
    'X = semget(key9, -1, 0)',
    'X = semget(key9, 32001, IPC_CREAT|0600)',
  ])('comes before the key is looked at: %s', (line) => {
    const { ending, rules } = play(made, line)
    expect(ending).toBe('A EINVAL')
    expect(rules).toContain(id)
    expect(rules.includes('limit.semmsl')).toBe(line.includes('32001'))
  })
  it('may be any of the errors that apply elsewhere', () => {
    expect(allowed(made, 'X = semget(key1, -1, IPC_CREAT|IPC_EXCL|0600)')).toEqual(['A EEXIST', 'A EINVAL'])
    expect(allowed('X = semget(key9, -1, 0)')).toEqual(['A EINVAL', 'A ENOENT'])
  })
})

describe('limit.semmsl', () => {
  it('is included in the range', () =>
    expect(play('S = semget(private, 32000)').world.sets.S?.semaphores).toHaveLength(32000))
})

describe('semget.nsems.zero-create', () => {
  it.each(['X = semget(private, 0)', 'X = semget(key1, 0, IPC_CREAT|0600)'])('%s', (line) => {
    const { ending, rules, world } = play(line)
    expect(ending).toBe('A EINVAL')
    expect(rules).toContain('semget.nsems.zero-create')
    expect(world.sets).toEqual({})
  })
})

describe('semget.nsems.zero-enoent', () => {
  it('is about the key', () => {
    const { ending, rules } = play('X = semget(key1, 0, 0)')
    expect(ending).toBe('A ENOENT')
    expect(rules).toContain('semget.nsems.zero-enoent')
    expect(play('X = semget(key1, 1, 0)').rules).not.toContain('semget.nsems.zero-enoent')
  })
})

describe('semget.existing.size', () => {
  it.each([
    'X = semget(key1, 0, 0)',
    'X = semget(key1, 2, 0)',
    'X = semget(key1, 3, IPC_CREAT|0600)',
    'X = semget(key1, 0, IPC_CREAT|0600)',
  ])('gives the identifier and changes nothing: %s', (line) => {
    const { ending, rules, world } = play(made, line)
    expect(ending).toBe('A id S')
    expect(rules).toContain('semget.existing.size')
    expect(world.sets.S?.semaphores).toHaveLength(3)
    expect(world.aliases).toEqual({ X: 'S' })
  })
})

describe('semget.existing.too-big', () => {
  it('is an error', () => {
    const { ending, rules } = play(made, 'X = semget(key1, 4, 0)')
    expect(ending).toBe('A EINVAL')
    expect(rules).toContain('semget.existing.too-big')
  })
})

describe('semget.existing.too-big-vs-excl', () => {
  const line = 'X = semget(key1, 4, IPC_CREAT|IPC_EXCL|0600)'
  it('is EEXIST', () => {
    const { ending, rules } = play(made, line)
    expect(ending).toBe('A EEXIST')
    expect(rules).toContain('semget.existing.too-big-vs-excl')
    expect(play(made, line.replace('4', '3')).rules).not.toContain('semget.existing.too-big-vs-excl')
  })
  it('may be EINVAL elsewhere', () => expect(allowed(made, line)).toEqual(['A EEXIST', 'A EINVAL']))
})

describe('semget.existing.too-big-vs-perm', () => {
  const closed = [made, 'semctl(S, 0, IPC_SET, own, own, 0)']
  it('is EINVAL', () => {
    const { ending, rules } = play(...closed, 'X = semget(key1, 4, 0600)')
    expect(ending).toBe('A EINVAL')
    expect(rules).toContain('semget.existing.too-big-vs-perm')
    expect(play(made, 'X = semget(key1, 4, 0600)').rules).not.toContain('semget.existing.too-big-vs-perm')
  })
  it('may be EACCES elsewhere', () =>
    expect(allowed(...closed, 'X = semget(key1, 4, 0600)')).toEqual(['A EACCES', 'A EINVAL']))
})

describe('semget.init', () => {
  it('has otime 0 and ctime now', () => {
    const { rules } = play('S = semget(private, 2)')
    expect(rules).toContain('semget.init')
    expect(out(play('tick()', 'S = semget(private, 2, 0640)', 'semctl(S, 0, IPC_STAT)'))).toEqual({
      key: '0',
      uid: '1000',
      gid: '1000',
      cuid: '1000',
      cgid: '1000',
      mode: String(0o640),
      nsems: '2',
      otime: '0',
      ctime: 'time',
    })
    expect(play('tick()', 'S = semget(private, 2)').world.sets.S?.ctime).toBe(2)
  })
})

describe('semget.init.values', () => {
  it('is 0 with no last process', () => {
    const made = play('S = semget(private, 2)')
    expect(made.rules).toContain('semget.init.values')
    expect(values(made)).toBe('0 0')
    expect(playOn(made, 'semctl(S, 1, GETPID)').ending).toBe('A 0')
  })
})

describe('get.private.always-new, get.private.key-not-findable', () => {
  it('ignore IPC_CREAT and IPC_EXCL', () => {
    const both = play('S = semget(private, 1)', 'T = semget(private, 1, IPC_CREAT|IPC_EXCL|0600)')
    expect(both.ending).toBe('A id T')
    expect(both.rules).toContain('get.private.always-new')
    expect(Object.keys(both.world.sets)).toEqual(['S', 'T'])
    expect(playOn(both, 'U = semget(private, 1, IPC_EXCL|0600)').ending).toBe('A id U')
    expect(playOn(both, 'semctl(T, 0, IPC_STAT)').rules).toContain('get.private.key-not-findable')
  })
})

describe('get.enoent', () => {
  it('needs IPC_CREAT, whatever IPC_EXCL says', () => {
    expect(play('X = semget(key1, 1, 0600)').ending).toBe('A ENOENT')
    expect(play('X = semget(key1, 1, IPC_EXCL|0600)').ending).toBe('A ENOENT')
    expect(play('X = semget(key1, 1, IPC_EXCL|0600)').rules).toContain('get.enoent')
  })
  it('does not find other keys', () =>
    expect(play(made, 'X = semget(key2, 1, 0600)').ending).toBe('A ENOENT'))
})

describe('get.creat, id.nonnegative', () => {
  it('make a set that the key finds', () => {
    const { ending, rules } = play(made)
    expect(ending).toBe('A id S')
    expect(rules).toEqual(expect.arrayContaining(['get.creat', 'id.nonnegative', 'get.ids-are-euid-egid']))
    expect(out(play(made, 'semctl(S, 0, IPC_STAT)')).key).toBe('key 1')
  })
})

describe('get.existing, get.excl-alone-ignored', () => {
  it('give the identifier', () => {
    expect(play(made, 'X = semget(key1, 3, 0600)').rules).toContain('get.existing')
    const { ending, rules } = play(made, 'X = semget(key1, 3, IPC_EXCL|0600)')
    expect(ending).toBe('A id S')
    expect(rules).toContain('get.excl-alone-ignored')
    expect(play(made, 'X = semget(key1, 3, 0600)').rules).not.toContain('get.excl-alone-ignored')
  })
})

describe('get.eexist', () => {
  const line = 'X = semget(key1, 3, IPC_CREAT|IPC_EXCL|0666)'
  it('comes before permission', () => {
    const { ending, rules } = playOn(withFacts(play(made), stranger), line)
    expect(ending).toBe('A EEXIST')
    expect(rules).toContain('get.eexist')
  })
  it('may be EACCES elsewhere', () =>
    expect(endings(inPosix(withFacts(play(made), stranger), line))).toEqual(['A EACCES', 'A EEXIST']))
})

describe('get.perm-check', () => {
  it('folds the nine bits into one request', () => {
    const other = withFacts(play(made), stranger)
    for (const mode of ['0400', '0040', '0004', '0002', '0666'])
      expect(playOn(other, `X = semget(key1, 1, ${mode})`).ending).toBe('A EACCES')
    const readable = withFacts(play(made.replace('0600', '0604')), stranger)
    for (const mode of ['0400', '0040', '0004'])
      expect(playOn(readable, `X = semget(key1, 1, ${mode})`).ending).toBe('A id S')
    expect(playOn(readable, 'X = semget(key1, 1, 0600)').rules).toContain('get.perm-check')
  })
  it('looks at the class of the group where it is the caller’s', () => {
    const grouped = withFacts(play(made.replace('0600', '0640')), { uid: 2000 })
    expect(playOn(grouped, 'X = semget(key1, 1, 0004)').ending).toBe('A id S')
    expect(playOn(grouped, 'X = semget(key1, 1, 0002)').ending).toBe('A EACCES')
  })
})

describe('get.flags-zero-needs-nothing', () => {
  it('gives the identifier to anybody', () => {
    const { ending, rules } = playOn(withFacts(play(made), stranger), 'X = semget(key1, 1, 0)')
    expect(ending).toBe('A id S')
    expect(rules).toContain('get.flags-zero-needs-nothing')
    expect(play(made, 'X = semget(key1, 1, 0600)').rules).not.toContain('get.flags-zero-needs-nothing')
  })
})

describe('get.exec-bits-count', () => {
  it('refuses an execute bit that the mode does not have', () => {
    const { ending, rules } = play(made, 'X = semget(key1, 1, 0700)')
    expect(ending).toBe('A EACCES')
    expect(rules).toContain('get.exec-bits-count')
    expect(playOn(withFacts(play(made), stranger), 'X = semget(key1, 1, 0400)').rules).not.toContain(
      'get.exec-bits-count',
    )
  })
})

describe('get.mode-stored', () => {
  it('keeps nine bits', () => {
    const set = play('S = semget(private, 1, 07777)').world.sets.S
    expect(set?.permission.mode).toBe(0o777)
    expect(set?.initialMode).toBe(0o777)
  })
})

describe('get.keyspaces-separate', () => {
  it('lets a queue have the same key', () => {
    const { ending, rules } = play('Q = msgget(key1, IPC_CREAT|0600)', made)
    expect(ending).toBe('A id S')
    expect(rules).toContain('get.keyspaces-separate')
  })
})

describe('get.key-free-after-rmid', () => {
  it('makes a new set under the key, also while sleepers were there', () => {
    const again = 'T = semget(key1, 3, IPC_CREAT|IPC_EXCL|0600)'
    const { ending, rules } = play(made, 'B: semop(S, [0 -1])', 'semctl(S, 0, IPC_RMID)', again)
    expect(ending).toBe('A id T')
    expect(rules).toContain('get.key-free-after-rmid')
    expect(play(made).rules).not.toContain('get.key-free-after-rmid')
  })
})
