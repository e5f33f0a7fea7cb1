import { SharedArray } from 'k6/data'
import { CAST_FILE, type Cast, type CastDoor, VISITORS_FILE, type Visitor, visitorOf } from './cast.ts'
import { castFolder } from './settings.ts'

const casts = new SharedArray<Cast>('cast', () => [JSON.parse(open(`${castFolder}${CAST_FILE}`))])
const visitors = new SharedArray<string>('visitors', () => JSON.parse(open(`${castFolder}${VISITORS_FILE}`)))

const cast = required(casts[0], 'the cast')
/** Those who may buy a ticket at kansentarief at the first door: its card system is theirs. */
const buyers = new SharedArray<string>('buyers', () => {
  const found: string[] = []
  // of the methods of a list it has none but this
  for (const text of visitors) {
    const { hasSocialTariff, cardSystem } = visitorOf(text)
    if (hasSocialTariff && cardSystem === cast.doors[0]?.cardSystem) found.push(text)
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
  return visitorOf(required(visitors[turn % visitors.length], 'a visitor'))
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
  const text = buyers[turn]
  return text === undefined ? undefined : visitorOf(text)
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The stage has not ${what}`)
  return value
}
