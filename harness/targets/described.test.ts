import { describe, expect, it } from 'vitest'
import { NotInstalled } from '../problems.ts'
import { describedTarget } from './described.ts'

const elsewhere = { name: 'elsewhere', summary: 'for tests', packages: ['gcc-x', 'libc-x'] }

const problemOf = (target: ReturnType<typeof describedTarget>) =>
  target.start({}).then(
    () => undefined,
    (error: unknown) => error,
  )

describe('describedTarget', () => {
  it('says what to install where there is no compiler', async () => {
    const problem = await problemOf(describedTarget({ ...elsewhere, compilers: ['no-such-cc -static'] }))
    expect(problem).toBeInstanceOf(NotInstalled)
    expect(problem).toMatchObject({ install: 'apt-get install --no-install-recommends gcc-x libc-x' })
    expect((problem as Error).message).toMatch(/`no-such-cc -static`.*`npm run provision elsewhere`/)
  })

  it('says what to install where the compiler has no library', async () => {
    const problem = await problemOf(describedTarget({ ...elsewhere, compilers: ['cc -I/nowhere -nostdinc'] }))
    expect(problem).toBeInstanceOf(NotInstalled)
  })

  it('says what to install where there is nothing to start the probe with', async () => {
    const target = describedTarget({ ...elsewhere, runner: 'no-such-emulator -x' })
    expect(await problemOf(target)).toMatchObject({ name: 'NotInstalled' })
    expect(await target.obstacle({})).toMatch(/`no-such-emulator` is not on PATH/)
  })
})
