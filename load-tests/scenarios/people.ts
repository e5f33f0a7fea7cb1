import { SharedArray } from 'k6/data'
import { CAST_FILE, type Cast, type CastDoor, VISITORS_FILE, type Visitor } from './cast.ts'
import { castFolder } from './settings.ts'

const casts = new SharedArray<Cast>('cast', () => [JSON.parse(open(`${castFolder}${CAST_FILE}`))])
// objects, and no texts: k6 freezes what it gives out of this list, a text character by character
const visitors = new SharedArray<Visitor>('visitors', () => JSON.parse(open(`${castFolder}${VISITORS_FILE}`)))

const cast = required(casts[0], 'the cast')
/** Those who may buy a ticket at kansentarief at the first door: its card system is theirs. */
const buyers = new SharedArray<Visitor>('buyers', () => {
  const found: Visitor[] = []
  // of the methods of a list it has none but this
  for (const visitor of visitors) {
    if (visitor.hasSocialTariff && visitor.cardSystem === cast.doors[0]?.cardSystem) found.push(visitor)
  }
  return found
})

/** Where people come, the largest places first. */
export const doors: readonly CastDoor[] = cast.doors
const kiosks: readonly CastDoor[] = doors.filter(({ deviceId }) => deviceId !== '')
export const reward: string = cast.reward
export const appToken: string = cast.appToken
/** How busy each hour of a day is beside the busiest, 0 to 1. */
export const hours: readonly number[] = cast.hours

/** The visitor of a turn; after the last one the first comes again. */
export function visitorAt(turn: number): Visitor {
  return required(visitors[turn % visitors.length], 'a visitor')
}

/** The door of a turn, in their order. */
export function doorAt(turn: number): CastDoor {
  return required(doors[turn % doors.length], 'a door')
}

export function kioskAt(turn: number): CastDoor {
  return required(kiosks[turn % kiosks.length], 'a kiosk')
}

/** The buyer of a turn; undefined when everybody had one. */
export function buyerAt(turn: number): Visitor | undefined {
  return buyers[turn]
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The stage has not ${what}`)
  return value
}
