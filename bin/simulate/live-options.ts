/** What `zuil simulate --to api` was asked for. */
export interface LiveOptions {
  /** Address of the API, without a slash at the end; undefined: that of the settings. */
  readonly url: string | undefined
  /** Actions a second, at most. */
  readonly rate: number
  /** How many times as many people come as in life; undefined: as many as the rate says, by day and by night. */
  readonly speed: number | undefined
  /** Seconds until it ends by itself; undefined: never. */
  readonly seconds: number | undefined
  /** The registry has the population by `zuil import`: it is left alone. */
  readonly isImported: boolean
  /** Whether an API that does not answer yet is waited for. */
  readonly waits: boolean
  /** The registry has the population as it was before this day; undefined: it may have nothing. */
  readonly knownUntil: number | undefined
}
