/** The warehouse side cannot answer just now. The message is for the client. */
export class HubUnavailable extends Error {
  override readonly name = 'HubUnavailable'
  readonly code = 'hub-unavailable'
  readonly retryAfterSeconds: number

  constructor(message: string, options: { readonly retryAfterSeconds: number; readonly cause?: unknown }) {
    super(message, { cause: options.cause })
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
