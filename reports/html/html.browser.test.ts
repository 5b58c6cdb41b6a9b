import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDeviation, aRun, aTarget } from '../a-run.testing.ts'
import type { ReportedRun } from '../reported-run.ts'
import { plain } from '../style.ts'
import { htmlFormat } from './html.ts'

const CHROMIUM = '/usr/bin/chromium'
const hasChromium = await access(CHROMIUM).then(
  () => true,
  () => false,
)
const axe = createRequire(import.meta.url).resolve('axe-core')

const queued = {
  ...aDeviation,
  rule: 'msgrcv.select.zero',
  sentence: 'A receiver of type 0 gets the oldest message.',
  scenario: ['A: Q = msgget(private)    # A returns 1', 'B: msgrcv(Q, 100, 0)      # B blocks', ''].join(
    '\n',
  ),
  step: 1,
  expected: true,
  reason: 'It is <known>.',
  link: 'https://example.org/1',
}
const run = aRun({
  verdict: 'deviates',
  targets: [
    aTarget({ deviations: [queued, aDeviation] }),
    aTarget({ name: 'gvisor', deviations: [aDeviation] }),
  ],
})

describe.skipIf(!hasChromium)('the HTML report in a browser (Debian package chromium)', () => {
  let folder: string
  let browser: Browser
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ipc-oracle-html-'))
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-sync',
      ],
    })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(folder, { recursive: true })
  })

  /** Opens the report; what the page complains about, or asks the network for, makes the test fail. */
  async function open(
    about: ReportedRun,
    use: (page: Page) => Promise<void>,
    context: Parameters<Browser['newContext']>[0] = {},
  ): Promise<void> {
    const file = join(folder, 'report.html')
    await writeFile(file, htmlFormat.render(about, { ...plain, verbose: false }))
    const complaints: string[] = []
    const opened = await browser.newContext(context)
    const page = await opened.newPage()
    page.setDefaultTimeout(10_000)
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
    await use(page)
    await opened.close()
    expect(complaints).toEqual([])
  }

  const violations = async (page: Page) => {
    await page.addScriptTag({ path: axe })
    return page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      const { violations: found } = await (globalThis as unknown as { axe: Axe }).axe.run()
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })
  }

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is accessible: %s, %i pixels wide', async (colorScheme, width) => {
    await open(
      run,
      async (page) => {
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
        expect(await violations(page)).toEqual([])
        const tooWide = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(tooWide).toBeLessThanOrEqual(0)
      },
      { colorScheme, viewport: { width, height: 900 } },
    )
  })

  it('shows the findings that the filters ask for', async () => {
    await open(run, async (page) => {
      const shown = page.locator('details.finding:visible')
      expect(await shown.count()).toBe(3)
      await page.locator('select[name=target]').selectOption('gvisor')
      expect(await shown.count()).toBe(1)
      await page.locator('select[name=target]').selectOption('')
      await page.getByLabel('with these words').fill('MSGRCV')
      expect(await shown.count()).toBe(1)
      expect(await page.locator('form output').textContent()).toBe('1 of 3 shown')
      await page.locator('select[name=kind]').selectOption('unexpected')
      expect(await shown.count()).toBe(0)
    })
  })

  it('leads from the overview to the findings, and opens what a link points at', async () => {
    await open(run, async (page) => {
      await page.locator('#overview a', { hasText: 'deviating' }).last().click()
      expect(page.url()).toMatch(/#findings-2$/)
      expect(await page.locator('#finding-1-2').getAttribute('open')).toBeNull()
      await page.evaluate('location.hash = "finding-1-2"')
      await page.waitForFunction('document.getElementById("finding-1-2").open')
    })
  })

  it('changes its theme', async () => {
    await open(run, async (page) => {
      const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const light = await paper()
      await page.getByRole('button', { name: 'Theme: as the system' }).click()
      expect(await paper()).not.toBe(light)
      await page.getByRole('button', { name: 'Theme: dark' }).click()
      expect(await paper()).toBe(light)
    })
  })

  it('copies the command', async () => {
    await open(
      aRun({ targets: [aTarget({ deviations: [aDeviation] })] }),
      async (page) => {
        await page.getByRole('button', { name: 'Copy the scenario' }).click()
        await page.getByRole('button', { name: /^(Copied|Selected)$/ }).waitFor()
        const words = await page.evaluate('getSelection().toString() || navigator.clipboard.readText()')
        expect(words).toContain('> A: semctl(S, 0, GETPID)')
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    )
  })

  it('can be read without a script', async () => {
    await open(
      run,
      async (page) => {
        expect(await page.locator('form').isVisible()).toBe(false)
        await page.locator('#finding-1-1 svg').waitFor()
        await page.locator('#rules-semaphores > summary').click()
        expect(await page.locator('#rules-semaphores table').isVisible()).toBe(true)
      },
      { javaScriptEnabled: false },
    )
  })

  it('takes nothing that it is told for markup', async () => {
    const evil = `"'</pre></script><script>console.log('evil')</script><img src=x onerror="console.log('evil')">`
    const found = {
      ...aDeviation,
      observed: evil,
      sentence: evil,
      scenario: `${evil}\n`,
      rule: evil,
      replay: evil,
    }
    await open(
      aRun({ command: evil, targets: [aTarget({ name: evil, deviations: [found] })] }),
      async (page) => {
        expect(await page.locator('img').count()).toBe(0)
      },
    )
  })
})
