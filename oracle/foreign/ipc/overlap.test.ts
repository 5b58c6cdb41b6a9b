import { describe, expect, it } from 'vitest'
import { broken, FORK, judged, START } from '../judged.testing.ts'

const SET = `${START}10 semget(IPC_PRIVATE, 2, IPC_CREAT|0600) = 5\n${FORK}`
const operation = (change: number, flags = '0') => `[{sem_num=0, sem_op=${change}, sem_flg=${flags}}], 1`

describe('semop.block.decrease', () => {
  it('a decrease that returns needs an increase before it or beside it', () => {
    const late = `10 semop(5, ${operation(-1)} <unfinished ...>
      11 semop(5, ${operation(1)}) = 0
      10 <... semop resumed>) = 0`
    expect(broken(SET + late)).toEqual([])
    const beside = `11 semop(5, ${operation(1)} <unfinished ...>
      10 semop(5, ${operation(-1)}) = 0
      11 <... semop resumed>) = 0`
    expect(broken(SET + beside)).toEqual([])
    const before = `10 semop(5, ${operation(-1)}) = 0
      11 semop(5, ${operation(1)}) = 0`
    expect(broken(SET + before)).toEqual(['semop.block.decrease'])
  })

  it('one increase lets one decrease go on', () => {
    const two = `10 semop(5, ${operation(-1)} <unfinished ...>
      11 semop(5, ${operation(-1)} <unfinished ...>
      12 semop(5, ${operation(1)}) = 0
      10 <... semop resumed>) = 0`
    expect(broken(`${SET}${FORK.replace('11', '12')}${two}`)).toEqual([])
    expect(broken(`${SET}${FORK.replace('11', '12')}${two}\n11 <... semop resumed>) = 0`)).toEqual([
      'semop.block.decrease',
    ])
  })
})

describe('semop.eagain', () => {
  it('needs a moment of the call at which the operation cannot run', () => {
    expect(broken(`${SET}10 semop(5, ${operation(-1, 'IPC_NOWAIT')}) = -1 EAGAIN (x)`)).toEqual([])
    const raised = `10 semctl(5, 0, SETVAL, 0x1) = 0\n10 semop(5, ${operation(-1, 'IPC_NOWAIT')}) = -1 EAGAIN (x)`
    expect(broken(SET + raised)).toEqual(['semop.return'])
  })
})

describe('semctl.getval', () => {
  it('tells any value that the semaphore had while the call was made', () => {
    const look = (value: number) => `10 semctl(5, 0, GETVAL, NULL <unfinished ...>
      11 semop(5, ${operation(1)}) = 0
      11 semop(5, ${operation(1)}) = 0
      10 <... semctl resumed>) = ${value}`
    for (const value of [0, 1, 2]) expect(broken(SET + look(value))).toEqual([])
    expect(broken(SET + look(3))).toEqual(['semctl.getval'])
  })
})

describe('undo.exit', () => {
  it('gives back what the process took, before its end is seen', () => {
    const taken = `10 semctl(5, 0, SETVAL, 0x1) = 0
      11 semop(5, ${operation(-1, 'SEM_UNDO')}) = 0
      10 semop(5, ${operation(-1)} <unfinished ...>
      11 exit_group(0) = ?
      10 <... semop resumed>) = 0
      11 +++ exited with 0 +++
      10 semctl(5, 0, GETVAL, NULL) = `
    expect(broken(`${SET}${taken}0`)).toEqual([])
    expect(broken(`${SET}${taken}1`)).toEqual(['semctl.getval'])
    expect(broken(`${SET}${taken.replaceAll('SEM_UNDO', '0')}0`)).toEqual(['semop.block.decrease'])
  })
})

describe('semop.efbig', () => {
  it('is told of a number outside the set', () => {
    const outside = operation(1).replace('sem_num=0', 'sem_num=2')
    expect(broken(`${SET}10 semop(5, ${outside}) = -1 EFBIG (x)`)).toEqual([])
    expect(broken(`${SET}10 semop(5, ${outside}) = 0`)).toEqual(['semop.efbig'])
    expect(broken(`${SET}10 semop(5, ${operation(1)}) = -1 EFBIG (x)`)).toEqual(['semop.efbig'])
  })
})

describe('somebody outside the trace', () => {
  const given = `${START}10 semctl(7, 0, GETVAL, NULL) = 3\n10 semctl(7, 0, GETVAL, NULL) = 4`
  it('may use an object that existed before', () => {
    const { verdict, notJudged } = judged(given)
    expect(verdict).not.toBe('deviates')
    expect(Object.keys(notJudged)).toContain('the object existed before the trace')
  })
  it('does not where the user says so', () => {
    expect(
      broken(`${START}10 semctl(7, 0, GETVAL, NULL) = 3\n10 semctl(7, 0, GETVAL, NULL) = 4`, { alone: true }),
    ).toEqual(['semctl.getval'])
  })
  it('may use an object that the trace made, if there was time to', () => {
    const wait = (seconds: string) => `${SET}10 1000.100000 semop(5, ${operation(0)}) = 0 <0.000010>
      10 1000.100100 semctl(5, 0, SETVAL, 0x1) = 0 <0.000010>
      10 1000.100200 semop(5, ${operation(0)}) = 0 <${seconds}>`
    expect(broken(wait('2.500000'))).toEqual([])
    expect(broken(wait('0.000010'))).toEqual(['semop.block.zero'])
  })
})

describe('get.existing', () => {
  const make = `${START}10 msgget(0x51, IPC_CREAT|IPC_EXCL|0600) = 3\n`
  it.each([
    ['a key that exists is found', '10 msgget(0x51, 0600) = 3', []],
    ['not another object', '10 msgget(0x51, 0600) = 4', ['get.existing']],
    ['not nothing', '10 msgget(0x51, 0600) = -1 ENOENT (x)', ['get.existing']],
    ['a removed one is not', '10 msgctl(3, IPC_RMID, NULL) = 0\n10 msgget(0x51, 0600) = -1 ENOENT (x)', []],
  ])('%s', (_, lines, rules) => expect(broken(make + lines)).toEqual(rules))
})

describe('get.eexist', () => {
  it('is told where IPC_EXCL is given and the key exists, and not else', () => {
    const make = `${START}10 shmget(0x51, 100, IPC_CREAT|IPC_EXCL|0600) = 3\n`
    expect(broken(`${make}10 shmget(0x51, 100, IPC_CREAT|IPC_EXCL|0600) = -1 EEXIST (x)`)).toEqual([])
    expect(broken(`${make}10 shmget(0x51, 100, IPC_CREAT|IPC_EXCL|0600) = 3`)).toEqual(['get.eexist'])
    expect(broken(`${make}10 shmget(0x51, 100, IPC_CREAT|0600) = -1 EEXIST (x)`)).toEqual(['get.eexist'])
  })
})

describe('more orders than can be followed', () => {
  it('end in forgetting, never in an alarm', () => {
    const makers = Array.from({ length: 16 }, (_, index) => FORK.replace('11', String(20 + index))).join('')
    const begin = Array.from(
      { length: 16 },
      (_, index) =>
        `${20 + index} semop(5, [{sem_num=${index % 2}, sem_op=${index + 1}, sem_flg=0}], 1 <unfinished ...>`,
    )
    const end = Array.from({ length: 16 }, (_, index) => `${20 + index} <... semop resumed>) = 0`)
    const { deviationCount, notJudged } = judged([SET, makers, ...begin, ...end].join('\n'))
    expect(deviationCount).toBe(0)
    expect(notJudged['too many orders are possible']).toBeGreaterThan(0)
  })
})
