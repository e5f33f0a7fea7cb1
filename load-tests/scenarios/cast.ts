/**
 * Who and what takes part, as the stage writes it for k6: `cast.json` for the doors, `visitors.json` for the people. Read by both
 * sides, so it imports nothing.
 */
export interface Cast {
  readonly doors: readonly CastDoor[]
  /** Id of the reward that everybody wants; empty without one. */
  readonly reward: string
  /** Of the app that passholders scan codes with. */
  readonly appToken: string
  /** How busy each hour of a day is beside the busiest, 0 to 1, as the population's own rhythm has it. */
  readonly hours: readonly number[]
}

/** Where people come. */
export interface CastDoor {
  readonly eventId: string
  /** What stands on the screen beside the door. */
  readonly checkinCode: string
  readonly cardSystem: number
  /** Of the kiosk beside it; empty without one. */
  readonly deviceId: string
  /** Of the counter: the access token that it has already, and what it gets another one with. */
  readonly token: string
  readonly clientId: string
  readonly clientSecret: string
}

export const CAST_FILE = 'cast.json'
export const VISITORS_FILE = 'visitors.json'

export interface Visitor {
  readonly passholderId: string
  readonly uitpasNumber: string
  /** Empty when the card is on a phone. */
  readonly chipNumber: string
  readonly cardSystem: number
  readonly hasSocialTariff: boolean
}
