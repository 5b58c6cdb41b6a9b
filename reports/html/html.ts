import { h } from 'hastscript'
import type { Format } from '../format.ts'
import type { ReportedRun } from '../reported-run.ts'
import { verdictSentence } from '../verdict-sentence.ts'
import { choiceSection } from './choices.ts'
import { findingsSection } from './findings.ts'
import { overviewSection } from './overview.ts'
import { pageText } from './page.ts'
import { repeatSection } from './repeat.ts'
import { ruleSection } from './rules.ts'

/** One file that needs no network: what was found, drawn, and what became of each rule on each target. */
export const htmlFormat: Format = {
  name: 'html',
  summary: 'one file for a browser: findings with diagrams, rules, choices',
  render: (run) => pageText(titleOf(run), [heading(run), main(run)]),
}

const titleOf = ({ verdict, targets }: ReportedRun) =>
  `ipc-oracle: ${targets.map(({ name }) => name).join(', ')}, ${verdict}`

const sections = [
  { id: 'overview', title: 'Overview', section: overviewSection },
  { id: 'findings', title: 'Findings', section: findingsSection },
  { id: 'rules', title: 'Rules', section: ruleSection },
  { id: 'choices', title: 'Choices', section: choiceSection },
  { id: 'repeat', title: 'How to repeat it', section: repeatSection },
] as const

const heading = (run: ReportedRun) =>
  h('header', [
    h('h1', ['ipc-oracle ', h('span', { class: `verdict ${run.verdict}` }, run.verdict)]),
    h('p', { class: 'lead' }, verdictSentence(run)),
    h('p', { class: 'muted' }, `Profile ${run.profile}, seed ${run.seed}, ${run.started}.`),
    h(
      'nav',
      { ariaLabel: 'Sections' },
      h(
        'ul',
        sections.map(({ id, title }) => h('li', h('a', { href: `#${id}` }, title))),
      ),
    ),
  ])

const main = (run: ReportedRun) =>
  h(
    'main',
    { id: 'main' },
    sections.map(({ id, title, section }) =>
      h('section', { id, ariaLabelledBy: `${id}-title` }, [
        h('h2', { id: `${id}-title` }, title),
        ...section(run),
      ]),
    ),
  )
