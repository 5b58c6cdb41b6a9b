import { consoleFormat } from './console.ts'
import type { Format } from './format.ts'
import { htmlFormat } from './html/html.ts'
import { jsonFormat } from './json.ts'
import { junitFormat } from './junit.ts'
import { kcidbFormat } from './kcidb.ts'
import { ktapFormat } from './ktap.ts'
import { markdownFormat } from './markdown.ts'

/** Every format, the default one first. */
export const formats: readonly Format[] = [
  ...[consoleFormat, jsonFormat, junitFormat, ktapFormat, markdownFormat, htmlFormat, kcidbFormat],
]
