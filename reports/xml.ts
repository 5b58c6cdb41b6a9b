import { DOMImplementation, type Document, XMLSerializer } from '@xmldom/xmldom'

/** An element with its attributes, in their order, and what it holds. */
export interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly holds: readonly Tag[] | string
}

export const tag = (name: string, attributes: Tag['attributes'] = {}, holds: Tag['holds'] = []): Tag => ({
  name,
  attributes,
  holds,
})

/** The tag as an XML document, an element a line. */
export const xmlText = (root: Tag): string => `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root)}`

/** The tag as text that can stand within a document, an element a line. */
export function elementText(root: Tag): string {
  const document = new DOMImplementation().createDocument(null, '', null)
  document.appendChild(nodeOf(root, document, '\n'))
  return `${new XMLSerializer().serializeToString(document)}\n`
}

function nodeOf({ name, attributes, holds }: Tag, document: Document, indent: string) {
  const node = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes))
    node.setAttribute(attribute, writable(String(value)))
  if (typeof holds === 'string') node.appendChild(document.createTextNode(writable(holds)))
  else if (holds.length > 0) {
    for (const each of holds) {
      node.appendChild(document.createTextNode(`${indent}  `))
      node.appendChild(nodeOf(each, document, `${indent}  `))
    }
    node.appendChild(document.createTextNode(indent))
  }
  return node
}

/** XML has no way to write most control characters, nor half a surrogate pair. */
const writable = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
