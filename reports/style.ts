/** How a text is shown: how wide, and with or without colour. */
export interface Style {
  readonly columns: number
  readonly colour: boolean
}

export const plain: Style = { columns: 100, colour: false }

/** Marks up text for a terminal; without colour the text stays as it is. */
export const paint = ({ colour }: Style) => ({
  bold: (text: string) => (colour ? `\u001b[1m${text}\u001b[22m` : text),
  dim: (text: string) => (colour ? `\u001b[2m${text}\u001b[22m` : text),
  red: (text: string) => (colour ? `\u001b[31m${text}\u001b[39m` : text),
  green: (text: string) => (colour ? `\u001b[32m${text}\u001b[39m` : text),
  yellow: (text: string) => (colour ? `\u001b[33m${text}\u001b[39m` : text),
})
