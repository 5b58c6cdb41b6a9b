/** A test of a KTAP report, and those it holds. */
export interface KtapTest {
  readonly name: string
  readonly ok: boolean
  readonly directive: string
  readonly reason: string
  readonly diagnostics: readonly string[]
  readonly tests: readonly KtapTest[]
}

/**
 * Reads KTAP version 1 as Documentation/dev-tools/ktap.rst of the kernel states it, and nothing else: plans and numbers must be
 * right, each level is indented by two spaces, a test fails if one that it holds does. Throws at the line that is wrong.
 */
export function readKtap(text: string): readonly KtapTest[] {
  if (!text.endsWith('\n')) throw new Error('the last line is not ended')
  const lines = text.slice(0, -1).split('\n')
  const { tests, next } = readTests(lines, 0, '')
  const rest = lines.slice(next).filter((line) => !line.startsWith('# '))
  if (rest.length > 0) throw new Error(`line ${next + 1} is left over: ${rest[0]}`)
  return tests
}

function readTests(lines: readonly string[], from: number, indent: string) {
  let at = from
  const fail = (why: string) => new Error(`line ${at + 1}: ${why}: ${lines[at]}`)
  const own = () => {
    const line = lines[at]
    return line?.startsWith(indent) === true ? line.slice(indent.length) : undefined
  }
  if (own() !== 'KTAP version 1') throw fail('no version line')
  at++
  let subtest: string | undefined
  const named = /^# Subtest: (.+)$/.exec(own() ?? '')
  if (named !== null) {
    subtest = named[1]
    at++
  }
  const planned = /^1\.\.(\d+)$/.exec(own() ?? '')
  if (planned === null) throw fail('no plan')
  at++
  const tests: KtapTest[] = []
  let diagnostics: string[] = []
  let held: ReturnType<typeof readTests> | undefined
  while (tests.length < Number(planned[1])) {
    const line = own()
    if (line === undefined) throw fail(`${planned[1]} tests are planned, not ${tests.length}`)
    if (line === '  KTAP version 1') {
      held = readTests(lines, at, `${indent}  `)
      at = held.next
      continue
    }
    if (line === '#' || line.startsWith('# ')) {
      diagnostics.push(line.slice(2))
      at++
      continue
    }
    const found = /^(ok|not ok) (\d+) ([^#]+?)(?: # ([A-Z]+)(?: (.*))?)?$/.exec(line)
    if (found === null) throw fail('no result')
    const [, sign, number, name = '', directive = '', reason = ''] = found
    if (Number(number) !== tests.length + 1) throw fail('a wrong number')
    if (!['', 'SKIP', 'XFAIL', 'TIMEOUT', 'ERROR'].includes(directive)) throw fail('an unknown directive')
    const ok = sign === 'ok'
    if (held !== undefined && held.subtest !== undefined && held.subtest !== name) throw fail('another name')
    if (ok && held?.tests.some((test) => !test.ok)) throw fail('ok although a test of it is not')
    tests.push({ name, ok, directive, reason, diagnostics, tests: held?.tests ?? [] })
    diagnostics = []
    held = undefined
    at++
  }
  return { tests, next: at, subtest }
}
