import { describe, expect, it } from 'vitest'
import { parseHello } from './hello.ts'

const text =
  '{"protocol":1,"littleEndian":true,"pointerBytes":8,"kernel":"Linux 6.18","machine":"x86_64","libc":"glibc 2.36",' +
  '"pageSize":4096,"shmlba":4096,"arena":105553116266496,"keyBase":1000,"uid":0,"gid":0,"mapsOthers":false,"identities":"none",' +
  '"initPid":1,"detection":"fifo","ipcNamespace":true,"pidNamespace":true,"changesLimits":true,"programs":true,"changesPids":true,"hugePages":{"size":2097152,"available":0,"group":"nobody"},"missingWrappers":[],"missingCalls":[],"limits":{"semmsl":32000,' +
  '"semmns":1024000000,"semopm":500,"semmni":32000,"semvmx":32767,"msgmax":8192,"msgmnb":16384,"msgmni":32000,' +
  '"shmmax":18446744073692774399,"shmall":18446744073692774399,"shmmni":4096}}'

describe('parseHello', () => {
  it('keeps 64-bit limits exact', () => {
    const hello = parseHello(text)
    expect(hello.limits.shmmax).toBe(18446744073692774399n)
    expect(hello.arena).toBe(105553116266496)
    expect(hello.detection).toBe('fifo')
  })

  it.each([
    ['no JSON', 'hello', 'not JSON'],
    ['another protocol', text.replace('"protocol":1', '"protocol":2'), 'protocol 2'],
    ['a missing field', text.replace('"keyBase":1000,', ''), 'keyBase'],
    ['a field of another type', text.replace('"uid":0', '"uid":"root"'), 'uid'],
    ['a missing limit', text.replace('"semopm":500,', ''), 'semopm'],
    ['a group of another type', text.replace('"nobody"', '"all"'), 'group'],
    ['no limits', text.replace(/"limits":.*/, '"limits":null}'), 'limits'],
    ['no object', '[]', 'not an object'],
  ])('rejects %s', (_, hello, message) => {
    expect(() => parseHello(hello)).toThrow(message)
  })
})
