import { writeFile } from 'node:fs/promises'
import type { Story } from '../../reports/diagram/story.ts'
import { svgDiagram } from '../../reports/diagram/svg-diagram.ts'
import { textDiagram } from '../../reports/diagram/text-diagram.ts'
import type { Style } from '../../reports/style.ts'
import { choose } from '../choices.ts'
import { fileProblem } from '../file-problem.ts'
import type { Io } from '../io.ts'
import { UsageError } from '../usage-error.ts'

const formats: readonly { readonly name: string; readonly draw: (story: Story, style: Style) => string }[] = [
  { name: 'diagram', draw: textDiagram },
  { name: 'svg', draw: (story) => svgDiagram(story) },
]

/** Draws a story as FORMAT to the output, or as FORMAT=FILE into a file. */
export async function drawStory(story: Story, as: string, io: Io): Promise<void> {
  const [word = '', ...rest] = as.split('=')
  const file = rest.join('=')
  const names = [{ name: 'table', draw: () => '' }, ...formats]
  const { draw } = choose('format', word, names, 'explain')
  if (rest.length === 0) {
    io.out(draw(story, io.style))
    return
  }
  if (word === 'table' || file === '')
    throw new UsageError(
      `--as ${as}: a file can hold ${formats.map(({ name }) => `${name}=FILE`).join(' or ')}.`,
    )
  await writeFile(file, draw(story, { ...io.style, colour: false })).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be written: ${fileProblem(error)}.`)
  })
  io.err(`The ${word === 'svg' ? 'picture' : 'diagram'} is in ${file}.\n`)
}
