import type { ElementContent } from 'hast'
import { h } from 'hastscript'

/** What may be wider than the page: it can be scrolled, also by keyboard. */
export const scrolled = (label: string, content: ElementContent): ElementContent =>
  h('div', { class: 'scroll', role: 'group', ariaLabel: label, tabIndex: 0 }, content)
