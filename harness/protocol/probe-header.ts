import { type FormName, formNames, formNumber, formOf } from '../../model/vocabulary/forms.ts'
import type { ArgumentKind, Reach } from '../../model/vocabulary/shape.ts'

/** The text of `forms.h`: what the probe has to know about the vocabulary. */
export function probeHeader(): string {
  return [
    '/* Generated from model/vocabulary/forms.ts. Do not edit. */',
    '#ifndef FORMS_H',
    '#define FORMS_H',
    '',
    ...formNames.map((name) => `#define ${macroOf(name)} ${formNumber[name]}`),
    `#define FORM_COUNT ${formNames.length}`,
    '',
    ...(Object.entries(reaches) as [Reach, number][]).map(
      ([reach, number]) => `#define REACH_${reach.toUpperCase()} ${number}`,
    ),
    '',
    '/* What a call of each form can change besides its own result. */',
    table('FORM_REACH', (name) => String(reaches[formOf(name).reach])),
    '',
    '/* The argument kinds of each form: one letter each. */',
    table('FORM_ARGUMENTS', (name) => `"${lettersOf(name)}"`),
    '',
    '#endif',
    '',
  ].join('\n')
}

/** `semctl.IPC_STAT` is FORM_SEMCTL_IPC_STAT. */
const macroOf = (name: string) => `FORM_${name.toUpperCase().replaceAll('.', '_')}`

const table = (macro: string, entry: (name: FormName) => string) =>
  `#define ${macro} { \\\n${formNames.map((name) => `\t[${macroOf(name)}] = ${entry(name)}, \\\n`).join('')}}`

const reaches: Readonly<Record<Reach, number>> = { objects: 0, caller: 1, processes: 2 }

const lettersOf = (name: FormName) =>
  formOf(name)
    .arguments.map(({ kind }) => letters[kind])
    .join('')

const letters: Readonly<Record<ArgumentKind, string>> = {
  int: 'i',
  long: 'l',
  flags: 'f',
  signal: 's',
  id: 'd',
  key: 'k',
  process: 'p',
  address: 'a',
  user: 'u',
  operations: 'o',
  values: 'v',
  timeout: 't',
}
