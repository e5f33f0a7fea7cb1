/** Something that somebody of the population does now. Holders, hosts, offers and rewards by their index in the world. */
export type LiveAction =
  | {
      readonly kind: 'check-in'
      readonly at: 'KIOSK' | 'COUNTER'
      readonly host: number
      readonly holder: number
      readonly offer: number
    }
  /** Somebody scans the code on the poster, with the app of passholders. */
  | { readonly kind: 'self-check-in'; readonly holder: number; readonly offer: number }
  /** Somebody who stands before a poster gets an account for the app. */
  | { readonly kind: 'account'; readonly holder: number; readonly offer: number }
  /** A kiosk that was offline tells of a check-in. */
  | {
      readonly kind: 'upload'
      readonly host: number
      readonly holder: number
      readonly offer: number
      readonly scannedAt: number
    }
  | {
      readonly kind: 'sale'
      readonly host: number
      readonly holder: number
      readonly offer: number
      readonly tickets: number
      readonly tariff: string
    }
  | { readonly kind: 'redemption'; readonly host: number; readonly holder: number; readonly reward: number }
  /** Cancels what the counter of the host did; `path` is that of the check-in, ticket or redeemed reward. */
  | { readonly kind: 'cancellation'; readonly host: number; readonly path: string }
  | { readonly kind: 'registration'; readonly holder: number }
  /** UiTdatabank publishes an event. */
  | { readonly kind: 'publication'; readonly offer: number }

export type LiveKind = LiveAction['kind']
export const LIVE_KINDS = [
  'check-in',
  'self-check-in',
  'upload',
  'sale',
  'redemption',
  'cancellation',
  'registration',
  'account',
  'publication',
] as const satisfies readonly LiveKind[]
