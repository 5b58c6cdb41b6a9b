import type { Format } from './format.ts'

export const jsonFormat: Format = {
  name: 'json',
  summary: 'the whole record of the run as one JSON object, for programs',
  render: (run) => `${JSON.stringify(run, null, 2)}\n`,
}
