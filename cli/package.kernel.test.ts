import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../harness/package-root.ts'

let home = ''
/** Where the package is installed. */
let empty = ''
let files: readonly string[] = []

const run = (folder: string, file: string, ...words: readonly string[]) =>
  execFileSync(file, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** The sources as they are, so that nothing of this folder is built anew under other tests. */
function copySources(): string {
  const copy = join(home, 'sources')
  const listed = run(packageRoot, 'git', 'ls-files', '--cached', '--others', '--exclude-standard')
  for (const file of listed.split('\n').filter((name) => name !== '' && name !== 'node_modules')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    try {
      cpSync(join(packageRoot, file), join(copy, file))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ipc-oracle-package-'))
  const [packed] = JSON.parse(
    run(copySources(), 'npm', 'pack', '--json', '--silent', '--pack-destination', home),
  )
  files = packed.files.map(({ path }: { readonly path: string }) => path)
  empty = join(home, 'empty')
  mkdirSync(empty)
  writeFileSync(join(empty, 'package.json'), '{ "type": "module", "private": true }\n')
  run(
    empty,
    'npm',
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--omit=peer',
    join(home, packed.filename),
  )
}, 300_000)
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the package', () => {
  it('holds what it needs, and nothing else', () => {
    expect(files).toContain('harness/probe/main.c')
    expect(files).toContain('dist/cli/main.js')
    expect(
      files.filter((file) =>
        /\.test(ing)?\.|\.tsbuildinfo|^(dist\/)?(scripts|bench)\/|(?<!\.d)\.ts$/.test(file),
      ),
    ).toEqual([])
  })

  it('runs from an empty folder', () => {
    const out = run(
      empty,
      'npx',
      '--prefer-offline',
      'ipc-oracle',
      'run',
      'semaphores',
      '--time',
      '2s',
      '--json',
    )
    expect(JSON.parse(out)).toMatchObject({ verdict: 'conforms', targets: [{ name: 'host', errors: [] }] })
  })

  const page = readFileSync(join(packageRoot, 'docs', 'library.md'), 'utf8')
  const examples = [...page.matchAll(/```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/g)]
  it.each(
    examples.map(([, code = '', output = ''], at) => [at + 1, code, output] as const),
  )('does what example %i of docs/library.md shows', (number, code, output) => {
    const file = join(empty, `example-${number}.js`)
    writeFileSync(file, code)
    expect(run(empty, process.execPath, file)).toBe(output)
  })

  it('has types, and the matcher that docs/library.md shows', () => {
    const [, test = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? []
    mkdirSync(join(empty, 'typed'))
    writeFileSync(join(empty, 'typed', 'wakes.test.ts'), test)
    for (const name of ['vitest', 'typescript', '@types/node']) {
      const place = join(empty, 'node_modules', name)
      mkdirSync(dirname(place), { recursive: true })
      if (!existsSync(place)) symlinkSync(join(packageRoot, 'node_modules', name), place)
    }
    const options = [
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
    ]
    expect(
      run(empty, process.execPath, 'node_modules/typescript/bin/tsc', ...options, 'typed/wakes.test.ts'),
    ).toBe('')
    expect(
      run(empty, process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--root', 'typed'),
    ).toContain('1 passed')
  })
})
