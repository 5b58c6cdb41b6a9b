import { expect, it } from 'vitest'
import { webLink } from './web-link.ts'

it.each([
  ['https://bugs.example/7', 'https://bugs.example/7'],
  ['http://bugs.example', 'http://bugs.example/'],
  ['https://bugs.example/a b', 'https://bugs.example/a%20b'],
  ['A:', undefined],
  ['javascript:alert(1)', undefined],
  ['bugs.example/7', undefined],
  ['', undefined],
])('%s leads to %s', (text, href) => {
  expect(webLink(text)).toBe(href)
})
