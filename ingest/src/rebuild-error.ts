/** A rebuild that must not go on; the message says what to do. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError'
  readonly code: 'not-empty' | 'log-gap'

  constructor(code: 'not-empty' | 'log-gap', message: string) {
    super(message)
    this.code = code
  }
}
