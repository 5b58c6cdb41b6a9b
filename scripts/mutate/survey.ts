import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { packageRoot } from '../../harness/package-root.ts'
import { mutantsOf } from './find-mutants.ts'
import { moduleGraph, transpile } from './graph.ts'
import { FORESEE, JUDGE, LATITUDE } from './judging.ts'
import { HIT } from './load-graph.ts'
import type { Mutant } from './mutant.ts'
import { nameOf, openSources } from './program.ts'
import { reachIn } from './reach.ts'
import { type Regions, regionsOf } from './regions.ts'
import { silenceOf } from './silence.ts'

/** The modules that judge, and how those of the model can be mutated. */
export interface Survey {
  /** TypeScript by file name. */
  readonly texts: ReadonlyMap<string, string>
  /** JavaScript that tells which regions it reaches, of `regions` numbers besides 0. */
  readonly scripts: ReadonlyMap<string, string>
  readonly regions: number
  /** The unit tests of the model. */
  readonly testFiles: readonly string[]
  readonly mutants: readonly Mutant[]
}

/** A list of names, which the judge asks for citations only: what nothing else uses decides nothing. */
const isCatalogue = (file: string) => /^model\/catalogue/.test(file)

/** Texts for people and numbers for the wire. */
const isLeftOut = (file: string) => !/^model\//.test(file) || /^model\/vocabulary\//.test(file)

/** Those that need no other way of loading. */
const unitTests = (): readonly string[] =>
  readdirSync(join(packageRoot, 'model'), { recursive: true, encoding: 'utf8' })
    .map((name) => `model/${name}`)
    .filter((name) => name.endsWith('.test.ts') && !isCatalogue(name))
    .sort()

export function surveyModel(): Survey {
  const testFiles = unitTests()
  const texts = new Map([JUDGE, FORESEE, LATITUDE, ...testFiles].flatMap((file) => [...moduleGraph(file)]))
  const sources = openSources(moduleGraph(JUDGE, isCatalogue))
  const silence = silenceOf(sources, isLeftOut)
  const scripts = new Map([...texts].map(([file, text]) => [file, transpile(text)]))
  const regions = new Map<ts.SourceFile, Regions>()
  let count = 0
  for (const file of sources.files) {
    if (isLeftOut(nameOf(file))) continue
    const here = regionsOf(file, count + 1)
    count += here.count
    regions.set(file, here)
    scripts.set(nameOf(file), transpile(here.instrumented(HIT)))
  }
  const reach = reachIn(sources, regions)
  const mutants = [...regions.keys()].flatMap((file) => mutantsOf(file, sources, silence, reach))
  return { texts, scripts, regions: count, testFiles, mutants }
}

/** The JavaScript of a file with other text, instrumented; the numbers of its regions tell nothing. */
export function scriptOf(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  return transpile(regionsOf(source, 1).instrumented(HIT))
}
