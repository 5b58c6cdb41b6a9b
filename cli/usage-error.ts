/** What was asked for is wrong or not possible: exit status 2. The message is a whole sentence. */
export class UsageError extends Error {
  override name = 'UsageError'
}
