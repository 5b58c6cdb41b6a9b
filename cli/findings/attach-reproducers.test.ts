import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { host } from '../../harness/targets/host.ts'
import { linux } from '../../model/profile.ts'
import { parseScenario } from '../../model/vocabulary/text/parse.ts'
import { simulate } from '../../oracle/simulate.ts'
import { aHeader } from '../../oracle/trace/a-header.testing.ts'
import type { Recording } from '../../oracle/trace/trace.ts'
import { aDeviation } from '../../reports/a-run.testing.ts'
import { openRunFolder } from '../run-folder.ts'
import { attachReproducers } from './attach-reproducers.ts'

const header = aHeader()
const conforming = simulate(
  parseScenario('S = semget(private, 1)\nA: semctl(S, 0, GETVAL)').scenario,
  header,
  linux,
)
/** The value is another one. */
const recording: Recording = {
  ...conforming,
  steps: [
    ...conforming.steps.slice(0, -1),
    { seconds: 0, events: [{ is: 'returned', actor: 'A', value: 4, errno: 0, out: null, clobbered: false }] },
  ],
}

it('a program for which there is no time left is there, and says that it was not tried', async () => {
  const out = mkdtempSync(join(tmpdir(), 'ipc-oracle-attach-'))
  try {
    const folder = await openRunFolder(out, new Date(0), 7)
    const file = await folder.save('semctl.getval', 'A: wait()\n', recording, header)
    const [found] = await attachReproducers([{ ...aDeviation, rule: 'semctl.getval', file }], {
      ...{ target: host, start: {}, profile: linux, folder, stop: AbortSignal.abort() },
    })
    expect(found?.reproducer).toMatchObject({
      file: 'findings/semctl.getval/reproducer.unconfirmed.c',
      confirmed: false,
      reason: expect.stringContaining('no time left'),
      tried: [],
    })
    expect(readFileSync(join(out, found?.reproducer?.file ?? ''), 'utf8')).toContain('expect(value == 0, ')
  } finally {
    rmSync(out, { recursive: true })
  }
})
