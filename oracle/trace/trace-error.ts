/** A trace that cannot be read. The message names file, line and field. */
export class TraceError extends Error {
  override name = 'TraceError'
}

/** The trace ends too early, as when its writer was killed: what stands before is good. */
export class TruncatedTrace extends TraceError {
  override name = 'TruncatedTrace'
}
