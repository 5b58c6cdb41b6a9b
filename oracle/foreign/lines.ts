/** The lines of a byte stream, one at a time, whatever system ended them; a line that is longer than `LINE_MAX` is cut there. */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  // strace writes bytes that are no ASCII as escapes.
  let rest = ''
  for await (const chunk of input) {
    const text = rest + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    const lines = text.split(text.includes('\r\n') ? /\r?\n/ : '\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_MAX) rest = rest.slice(0, LINE_MAX)
    yield lines
  }
  if (rest !== '') yield [rest]
}

const LINE_MAX = 1 << 20
