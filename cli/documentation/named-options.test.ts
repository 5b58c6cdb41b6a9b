import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../harness/package-root.ts'
import { recorded } from '../recorded-io.testing.ts'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'harness/expectations/README.md',
  ...readdirSync(join(packageRoot, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'))

const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))

const helps = new Map<string, Promise<string>>()
function helpOf(command: string): Promise<string> {
  const help = helps.get(command) ?? recorded(...command.split(' '), '--help').then(({ out }) => out)
  helps.set(command, help)
  return help
}

/** Commands of this program with what stands behind them, in text and in blocks. */
const NAMED =
  /\bipc-oracle(?:\.js)? (run|check|replay|reproduce|explain|rules|claims|targets|report compare|report)\b([^`\n|]*)/g

describe.each(pages)('%s', (file) => {
  const page = readFileSync(join(packageRoot, file), 'utf8').replaceAll('\\\n', ' ')

  it('names options that there are', async () => {
    const unknown: string[] = []
    for (const [line, command = '', rest = ''] of page.matchAll(NAMED)) {
      const help = await helpOf(command)
      const options = rest.replaceAll(/"[^"]*"|'[^']*'/g, '').match(/(?<![\w-])--[a-z][a-z-]*/g) ?? []
      for (const option of options)
        if (!new RegExp(`^ +(-\\w, )?${option}\\b`, 'm').test(help)) unknown.push(`${option} in ${line}`)
    }
    expect(unknown).toEqual([])
  })

  it('names scripts that there are', () => {
    const named = [...page.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
  })
})
