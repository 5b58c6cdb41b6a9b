#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const compiled = new URL('../dist/cli/main.js', import.meta.url)
if (existsSync(compiled)) {
  const { main } = await import(compiled.href)
  await main()
} else {
  const root = fileURLToPath(new URL('..', import.meta.url))
  process.stderr.write(
    `ipc-oracle is not built: dist/cli/main.js is missing. Run \`npm install\` in ${root}.\n`,
  )
  process.exitCode = 2
}
