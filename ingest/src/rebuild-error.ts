type RebuildErrorCode = 'not-empty' | 'log-gap' | 'numbers-taken'

/** A rebuild that must not go on; the message says what to do. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError'
  readonly code: RebuildErrorCode

  constructor(code: RebuildErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
