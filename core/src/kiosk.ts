/** A kiosk (zuil) at the door. `deviceId` is its secret in `x-custom-token`, `configurationCode` the one before setup. */
export interface Kiosk {
  readonly id: string
  readonly name: string
  readonly deviceId?: string
  readonly configurationCode?: string
  readonly cardSystem: number
  readonly releaseTrack: 'beta' | 'stable'
  readonly organizers: readonly string[]
  readonly locations: readonly { readonly id: string; readonly name: string }[]
  /** Event the kiosk is fixed on; absent: it finds the event itself. */
  readonly fixedEvent?: string
}
