import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { traceSchema } from './schema.ts'

const ajv = new Ajv2020({ allowUnionTypes: true }).addSchema(traceSchema)

const validators = new Map(
  Object.entries(traceSchema.$defs)
    .filter(([, definition]) => 'properties' in definition)
    .map(([event]) => [event, ajv.getSchema(`${traceSchema.$id}#/$defs/${event}`)]),
)

/** What is wrong with a line of a trace, field and reason; null if nothing is. */
export function lineProblem(line: unknown): string | null {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return 'must be an object'
  const event: unknown = 'event' in line ? line.event : undefined
  if (event === undefined) return 'field `event` is missing'
  const validate = typeof event === 'string' ? validators.get(event) : undefined
  if (validate === undefined) return `field \`event\`: there is no event ${JSON.stringify(event)}`
  if (validate(line) === true) return null
  const error = validate.errors?.[0]
  return error === undefined ? 'is not valid' : sentence(error)
}

function sentence({ instancePath, keyword, params, message }: ErrorObject): string {
  const path = instancePath
    .slice(1)
    .split('/')
    .filter((part) => part !== '')
  if (keyword === 'required') return `field ${quoted([...path, params.missingProperty])} is missing`
  if (keyword === 'additionalProperties')
    return `field ${quoted([...path, params.additionalProperty])} is unknown`
  return `field ${quoted(path)}: ${reasons[keyword]?.(params) ?? message ?? 'is wrong'}`
}

const quoted = (path: readonly string[]) => `\`${path.join('.')}\``

const reasons: Readonly<Record<string, (params: Record<string, unknown>) => string>> = {
  type: ({ type }) => `must be ${[type].flat().map(withArticle).join(' or ')}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  enum: ({ allowedValues }) => `must be one of ${JSON.stringify(allowedValues)}`,
  maximum: () => 'is too large for a number: write it as a string of digits',
}

const withArticle = (type: unknown) => {
  if (type === 'null') return 'null'
  return /^[aeiou]/.test(String(type)) ? `an ${type}` : `a ${type}`
}
