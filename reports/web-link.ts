/** The address of a web page that a text is; undefined of any other text, and of addresses that are no pages. */
export function webLink(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, href } = new URL(text)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
