import type { ElementContent } from 'hast'
import { h } from 'hastscript'
import { clauseOf } from '../../model/catalogue.ts'
import { choicesOf, isOtherwise } from '../choices.ts'
import type { ReportedRun } from '../reported-run.ts'
import { numberWords } from '../wrap.ts'
import { scrolled } from './scrolled.ts'

/** Where the profile leaves something open: how often each target did as Linux documents, and otherwise. */
export function choiceSection({ targets, profile }: ReportedRun): readonly ElementContent[] {
  const rows = targets.flatMap(({ name, rules }) => choicesOf(rules).map((choice) => ({ name, choice })))
  if (rows.length === 0) return [h('p', 'Nothing that was seen tells how a target chose.')]
  rows.sort((a, b) => Number(isOtherwise(b.choice)) - Number(isOtherwise(a.choice)))
  return [
    h('p', `What profile ${profile} leaves open, and how the targets chose where that can be seen.`),
    scrolled(
      'Choices',
      h('table', [
        h('thead', [
          h(
            'tr',
            ['target', 'rule', 'what Linux documents', 'as documented', 'otherwise'].map((word) =>
              h('th', { scope: 'col' }, word),
            ),
          ),
        ]),
        h(
          'tbody',
          rows.map(({ name, choice }) =>
            h('tr', [
              h('td', name),
              h('th', { scope: 'row' }, h('code', choice.rule)),
              h('td', clauseOf(choice.rule)?.sentence ?? ''),
              h('td', { class: 'number' }, numberWords(choice.documented)),
              h(
                'td',
                { class: isOtherwise(choice) ? 'number expected' : 'number' },
                choice.others.map(numberWords).join(', ') || '0',
              ),
            ]),
          ),
        ),
      ]),
    ),
  ]
}
