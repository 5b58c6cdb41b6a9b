/** A trace that cannot be read. The message names file, line and field. */
export class TraceError extends Error {
  override name = 'TraceError'
}
