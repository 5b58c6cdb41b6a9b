import { describe, expect, it } from 'vitest'
import { simplerSetups } from './simpler.ts'
import type { StartOptions } from './target.ts'
import { targets } from './targets.ts'

/** What is left out one after the other, and what is started then. */
const chain = (name: string, start: StartOptions = {}) => {
  const target = targets.find((each) => each.name === name)
  if (target === undefined) throw new Error(`no target ${name}`)
  return simplerSetups({ target, start }).map((each) => [each.without, each.target.name, each.start])
}

describe('simplerSetups', () => {
  it('leaves out the C library, where it is used', () => {
    expect(chain('host')).toEqual([['C library', 'host', { entry: 'syscall' }]])
    expect(chain('host-syscall')).toEqual([])
    expect(chain('host', { entry: 'syscall' })).toEqual([])
    expect(chain('host-syscall', { entry: 'libc' })).toEqual([
      ['C library', 'host-syscall', { entry: 'syscall' }],
    ])
  })

  it('runs the executable of a sandbox, an emulator or a booted kernel here, where that is possible', () => {
    for (const name of ['gvisor', 'qemu-user-x86_64'])
      expect(chain(name)).toEqual([
        [name === 'gvisor' ? 'sandbox' : 'emulator', 'host', { cc: 'gcc -static' }],
        ['C library', 'host', { cc: 'gcc -static', entry: 'syscall' }],
      ])
    expect(chain('linux-6.1', { cc: 'musl-gcc -static', memory: 512 })).toEqual([
      ['kernel', 'host', { cc: 'musl-gcc -static' }],
      ['C library', 'host', { cc: 'musl-gcc -static', entry: 'syscall' }],
      ['build', 'host', { entry: 'syscall' }],
    ])
    expect(chain('qemu-user-i386')).toEqual([
      ['emulator', 'host-i386', {}],
      ['C library', 'host-i386', { entry: 'syscall' }],
      ['compat layer', 'host', { entry: 'syscall' }],
    ])
  })

  it('takes the kernel of this machine where it cannot', () => {
    expect(chain('qemu-user-s390x')).toEqual([
      ['C library', 'qemu-user-s390x', { entry: 'syscall' }],
      ['emulator', 'host', { entry: 'syscall' }],
    ])
    expect(chain('kernel', { kernel: 'Image', arch: 'aarch64' })).toEqual([
      ['C library', 'kernel', { kernel: 'Image', arch: 'aarch64', entry: 'syscall' }],
      ['kernel', 'host', { entry: 'syscall' }],
    ])
    expect(chain('host-i386')).toEqual([
      ['C library', 'host-i386', { entry: 'syscall' }],
      ['compat layer', 'host', { entry: 'syscall' }],
    ])
  })

  it('leaves out the C library before the command of --wrap, which may have replaced it', () => {
    const wrap = 'env LD_PRELOAD=x.so'
    expect(chain('host', { wrap, cc: 'gcc -m32' })).toEqual([
      ['C library', 'host', { wrap, cc: 'gcc -m32', entry: 'syscall' }],
      ['wrap', 'host', { cc: 'gcc -m32', entry: 'syscall' }],
      ['build', 'host', { entry: 'syscall' }],
    ])
  })

  it('starts nothing with an option that the target does not understand', () => {
    for (const target of targets) {
      const start = target.understands.includes('wrap') ? { cc: 'cc', wrap: 'env' } : { cc: 'cc', memory: 99 }
      for (const simpler of simplerSetups({ target, start }))
        expect(simpler.target.understands).toEqual(expect.arrayContaining(Object.keys(simpler.start)))
    }
  })
})
