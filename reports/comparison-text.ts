import type { ComparedRule, ComparedTarget, RunComparison, TargetComparison } from './compare-runs.ts'
import { paint, type Style } from './style.ts'
import { counted, hanging } from './wrap.ts'

/** What changed between two runs, for a person. */
export function comparisonText(comparison: RunComparison, style: Style): string {
  const { targets, onlyFirst, onlySecond } = comparison
  const lines = [
    ...targets.flatMap((target) => [...targetLines(target, style), '']),
    ...onlyFirst.map((name) => `${name} is in the first run only.`),
    ...onlySecond.map((name) => `${name} is in the second run only.`),
    ...hanging('', sentence(comparison), style.columns).map(paint(style).bold),
  ]
  return `${lines.join('\n')}\n`
}

function targetLines(target: TargetComparison, style: Style): readonly string[] {
  const { bold, dim } = paint(style)
  const { rules, untestedNow, testedNow, unsettled } = target
  const same = rules.filter(({ is }) => is === 'same')
  return [
    bold(placeWords(target.first, target.second)),
    ...rules.filter(({ is }) => is !== 'same').flatMap((rule) => ruleLines(rule, style)),
    ...(same.length === 0
      ? []
      : hanging('  same     ', same.map(({ rule }) => rule).join(', '), style.columns).map(dim)),
    ...(untestedNow.length === 0
      ? []
      : hanging(
          '  ',
          `${counted(untestedNow.length, 'rule')} no longer exercised: ${some(untestedNow)}`,
          style.columns,
        )),
    ...(testedNow.length === 0
      ? []
      : hanging(
          '  ',
          `${counted(testedNow.length, 'rule')} newly exercised: ${some(testedNow)}`,
          style.columns,
        )),
    ...unsettled.flatMap((words) => hanging('  unsettled: ', words, style.columns)),
  ]
}

const some = (rules: readonly string[]) =>
  rules.length <= SHOWN_MAX
    ? rules.join(', ')
    : `${rules.slice(0, SHOWN_MAX).join(', ')} and ${rules.length - SHOWN_MAX} more`

const SHOWN_MAX = 8

function placeWords(first: ComparedTarget, second: ComparedTarget): string {
  const [before, now] = [wordsOf(first), wordsOf(second)]
  return before === now ? before : `${before} -> ${now}`
}

const wordsOf = ({ name, kernel, libc, arch, version }: ComparedTarget) =>
  `${name}${version === undefined ? '' : ` ${version}`} (${kernel}, ${arch}, ${libc})`

function ruleLines({ rule, is, before, now, expected }: ComparedRule, style: Style): readonly string[] {
  const { red, green, yellow } = paint(style)
  const colour = { new: red, gone: green, changed: yellow, unknown: yellow, same: (text: string) => text }[is]
  const note = is === 'unknown' ? ' (not exercised in the second run)' : expected ? ' (expected)' : ''
  return [
    colour(`  ${is.padEnd(7)}  ${rule}${note}`),
    ...(before === '' ? [] : hanging('             before  ', before, style.columns)),
    ...(now === '' ? [] : hanging('             now     ', now, style.columns)),
  ]
}

function sentence({ verdict, targets }: RunComparison): string {
  const count = (is: ComparedRule['is']) =>
    targets.flatMap(({ rules }) => rules).filter((each) => each.is === is).length
  const counts = `${count('new')} new, ${count('gone')} gone, ${count('changed')} changed, ${count('same')} the same`
  if (verdict === 'worse') return `The second run is worse: ${counts}.`
  return verdict === 'unclear'
    ? `It cannot be told whether the second run is worse: ${counts}.`
    : `Nothing new deviates: ${counts}.`
}
