import { expect, it } from 'vitest'
import { linesOf } from './lines.ts'

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text, 'latin1')
}

it.each([
  ['a line feed', ['ab\nc', 'd\nef']],
  ['two characters', ['ab\r\nc', 'd\r\nef']],
  ['two characters that come apart', ['ab\r', '\ncd\r', '\nef']],
])('lines that end with %s are the same', async (_, texts) => {
  const lines: string[] = []
  for await (const some of linesOf(chunks(...texts))) lines.push(...some)
  expect(lines).toEqual(['ab', 'cd', 'ef'])
})
