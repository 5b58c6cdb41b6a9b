import ts from 'typescript'
import { mutantsOf } from './find-mutants.ts'
import { moduleGraph, transpile } from './graph.ts'
import { JUDGE } from './judging.ts'
import { HIT } from './load-graph.ts'
import type { Mutant } from './mutant.ts'
import { nameOf, openSources } from './program.ts'
import { regionsOf } from './regions.ts'
import { silenceOf } from './silence.ts'

/** The modules that judge, and how those of the model can be mutated. */
export interface Survey {
  /** TypeScript by file name. */
  readonly texts: ReadonlyMap<string, string>
  /** JavaScript that tells which regions it reaches, of `regions` numbers besides 0. */
  readonly scripts: ReadonlyMap<string, string>
  readonly regions: number
  readonly mutants: readonly Mutant[]
}

/** A list of names, which the judge asks for citations only: what nothing else uses decides nothing. */
const isCatalogue = (file: string) => /^model\/catalogue/.test(file)

/** Texts for people and numbers for the wire. */
const isLeftOut = (file: string) => !/^model\//.test(file) || /^model\/vocabulary\//.test(file)

export function surveyModel(): Survey {
  const texts = moduleGraph(JUDGE)
  const sources = openSources(moduleGraph(JUDGE, isCatalogue))
  const silence = silenceOf(sources, isLeftOut)
  const scripts = new Map([...texts].map(([file, text]) => [file, transpile(text)]))
  const mutants: Mutant[] = []
  let count = 0
  for (const file of sources.files.filter((each: ts.SourceFile) => !isLeftOut(nameOf(each)))) {
    const regions = regionsOf(file, count + 1)
    count += regions.count
    scripts.set(nameOf(file), transpile(regions.instrumented(HIT)))
    mutants.push(...mutantsOf(file, sources, silence, regions))
  }
  return { texts, scripts, regions: count, mutants }
}

/** The JavaScript of a file with other text, instrumented; the numbers of its regions tell nothing. */
export function scriptOf(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  return transpile(regionsOf(source, 1).instrumented(HIT))
}
