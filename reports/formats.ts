import { consoleFormat } from './console.ts'
import type { Format } from './format.ts'
import { jsonFormat } from './json.ts'

/** Every format, the default one first. */
export const formats: readonly Format[] = [consoleFormat, jsonFormat]
