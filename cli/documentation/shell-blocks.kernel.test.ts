import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { splitCommand } from '../../harness/command-line.ts'
import { packageRoot } from '../../harness/package-root.ts'
import { onPath } from '../../harness/targets/on-path.ts'

const program = join(packageRoot, 'bin/ipc-oracle.js')
const folder = mkdtempSync(join(tmpdir(), 'ipc-oracle-blocks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs what somebody types behind `ipc-oracle`. */
const run = (words: readonly string[], cwd: string) =>
  execa(process.execPath, [program, ...words], { cwd, reject: false, timeout: 100_000 })

/** A folder with what pages say that their readers have. */
async function aFolder(commands: string): Promise<string> {
  const made = mkdtempSync(join(folder, 'block-'))
  if (commands.includes('runs/nightly'))
    await run(['run', '--scenarios', '20', '--out', 'runs/nightly'], made)
  writeFileSync(join(made, 'known.yaml'), 'expected: []\n')
  const begun = '10 1.000000 set_robust_list(0x7f5a1, 24) = 0 <0.000010>\n'
  const line = '10 1.000100 semget(IPC_PRIVATE, 1, IPC_CREAT|0600) = 3 <0.000010>\n'
  writeFileSync(join(made, 'program.strace'), begun + line)
  return made
}

/** Commands of this program in the blocks of a page that readers copy, block by block. */
function blocksOf(page: string): readonly (readonly string[])[] {
  const text = readFileSync(join(packageRoot, page), 'utf8')
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .map(([, block = '']) =>
      block
        .split('\n')
        .filter((line) => /^ipc-oracle /.test(line))
        .map((line) => line.replace(/ \|$/, '').replace(/^ipc-oracle /, '')),
    )
    .filter((block) => block.length > 0)
}

/** As much of it as there is time for. */
const shortened = (command: string): string =>
  command.replace(/--time \w+/, '--scenarios 0').replace(/--scenarios \d+/, '--scenarios 200')

/** What a command needs that not every machine has; undefined: nobody has it, or it takes minutes. */
function needOf(command: string): string | undefined {
  if (/ssh:|--kernel|--wrap/.test(command)) return undefined
  return /musl-gcc|^record -- (\w+)/.exec(command)?.[0].replace('record -- ', '') ?? 'sh'
}

describe.each(['docs/ci.md', 'docs/gate.md', 'docs/foreign-traces.md'])('%s', async (page) => {
  const blocks = blocksOf(page)

  it('has commands', () => expect(blocks.length).toBeGreaterThan(0))

  for (const commands of blocks) {
    let here = ''
    beforeAll(async () => {
      here = await aFolder(commands.join())
    })
    for (const command of commands) {
      const need = needOf(command)
      it.skipIf(need === undefined || (await onPath(need)) === undefined)(`${command}: does so`, async () => {
        const { exitCode, stderr } = await run(splitCommand(shortened(command)), here)
        expect(exitCode, stderr).toBe(0)
        for (const [, folder, report] of command.matchAll(/--out (\S+)|--report \w+=(\S+)/g)) {
          const file = folder ?? report ?? ''
          expect(existsSync(join(here, file)), file).toBe(true)
        }
      })
    }
  }
})
