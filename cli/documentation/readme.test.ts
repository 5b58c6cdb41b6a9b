import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../harness/package-root.ts'
import { targets } from '../../harness/targets/targets.ts'
import { formats } from '../../reports/formats.ts'
import { families } from '../families.ts'
import { recorded } from '../recorded-io.testing.ts'

const page = readFileSync(join(packageRoot, 'README.md'), 'utf8')

/** The words in code quotes between two places of the page. */
const quotedBetween = (from: string, to: string): readonly string[] => {
  const start = page.indexOf(from)
  const text = page.slice(start, page.indexOf(to, start))
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

/** The commands, as `--help` lists them. */
const commandsOf = async (): Promise<readonly string[]> =>
  [...(await recorded('--help')).out.matchAll(/^ {2}([a-z]+) \[/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help')

describe('README.md', () => {
  it('names the families', () => expect(quotedBetween('Families: ', '. `--help`')).toEqual([...families]))

  it('names the targets', () => {
    const all = targets.map(({ name }) => name)
    const named = quotedBetween('Targets: ', ', which is yours')
    expect([...named].sort()).toEqual(
      [...new Set(all.map((name) => name.replace(/^qemu-user-.*/, 'qemu-user-ARCH')))].sort(),
    )
  })

  it('names the formats of reports', () => {
    const named = quotedBetween('Reports (', 'runs a part').slice(1, -1)
    expect([...named].sort()).toEqual(formats.map(({ name }) => name).sort())
  })

  it('tells what each command is for', async () => {
    const table = page.slice(page.indexOf('## What it does'))
    for (const name of await commandsOf()) expect(table).toContain(`\nnpx ipc-oracle ${name} `)
  })

  it('names options that some command has', async () => {
    const helps = await Promise.all(
      [...(await commandsOf()), 'report compare'].map((name) => recorded(...name.split(' '), '--help')),
    )
    const known = helps.flatMap(({ out }) => out.match(/--[a-z][a-z-]*/g) ?? [])
    const named = page.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? []
    expect(named.length).toBeGreaterThan(20)
    expect([...new Set(named)].filter((option) => ![...known, '--help'].includes(option))).toEqual([])
  })
})
