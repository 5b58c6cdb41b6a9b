import type { ElementContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import { diagramStyle } from '../diagram/svg-style.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** A whole page: what it is made of, its style and its script, and nothing from elsewhere. */
export function pageText(title: string, body: readonly ElementContent[]): string {
  const page = h('html', { lang: 'en' }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('title', title),
      h('style', style + diagramStyle),
    ]),
    h('body', [h('a', { class: 'skip', href: '#main' }, 'To the results'), ...body, h('script', script)]),
  ])
  return `<!doctype html>\n${toHtml(page, { allowDangerousHtml: true })}\n`
}

/** Markup that was made elsewhere, taken over as it is. */
export const ready = (markup: string) => ({ type: 'raw', value: markup }) as unknown as ElementContent
