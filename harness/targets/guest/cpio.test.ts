import { describe, expect, it } from 'vitest'
import { cpio } from './cpio.ts'

/** What an unpacker reads: Linux init/initramfs.c, parse_header and the states after it. */
function unpack(archive: Buffer): readonly { path: string; mode: number; content: string }[] {
  const files = []
  for (let at = 0; at < archive.length; ) {
    const field = (number: number) =>
      Number.parseInt(archive.toString('latin1', at + 6 + 8 * number, at + 14 + 8 * number), 16)
    expect(archive.toString('latin1', at, at + 6)).toBe('070701')
    const nameEnd = at + 110 + field(11)
    const path = archive.toString('utf8', at + 110, nameEnd - 1)
    const start = Math.ceil(nameEnd / 4) * 4
    if (path === 'TRAILER!!!') return files
    files.push({ path, mode: field(1), content: archive.toString('utf8', start, start + field(6)) })
    at = Math.ceil((start + field(6)) / 4) * 4
  }
  throw new Error('no trailer')
}

describe('a cpio archive', () => {
  it('holds folders and files of every length', () => {
    const files = ['', 'a', 'ab', 'abc', 'abcd', 'abcde'].map((content, length) => ({
      path: `${'x'.repeat(length + 1)}/f`,
      content: Buffer.from(content),
    }))
    const unpacked = unpack(cpio([{ path: 'x', content: null }, ...files]))
    expect(unpacked).toEqual([
      { path: 'x', mode: 0o040755, content: '' },
      ...files.map(({ path, content }) => ({ path, mode: 0o100755, content: content.toString() })),
    ])
  })

  it('has a length that is a multiple of four', () => {
    expect(cpio([{ path: 'init', content: Buffer.from('12345') }]).length % 4).toBe(0)
  })
})
