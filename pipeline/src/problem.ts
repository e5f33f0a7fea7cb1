/** Code (or class) of an error, for logs and status: what happened, without what it happened to. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && (typeof error.code === 'string' || typeof error.code === 'number')) return `${error.name} ${error.code}`
  return error.name
}
