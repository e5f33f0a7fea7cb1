import type { AnswerOutcome } from './answer-line.ts'
import type { CastDoor, Visitor } from './cast.ts'
import { type DeviceHeaders, type DeviceRequest, type DeviceResponse, read, refuseLine, send, sendTogether } from './device.ts'
import { appToken, doorAt, reward, visitorAt } from './people.ts'
import { api, run } from './settings.ts'

/** What people do at a door, as the requests of the UiTPAS API. `turn` is different for each of them, and the same when repeated. */

const REGULAR_PRICE = 12
/** Of those who can choose: at the kiosk a card is enough. */
const KIOSK_SHARE = 0.7

/** Somebody at the counter shows a pass. */
export function checkInAtCounter(door: CastDoor, visitor: Visitor, turn: number): AnswerOutcome {
  return send(counterCheckIn(door, visitor, turn))
}

/** Each visitor at the counter of each door, all in the same moment; `turn` is that of the first, the others follow it. */
export function checkInEverywhere(doors: readonly CastDoor[], visitors: readonly Visitor[], turn: number): void {
  sendTogether(
    visitors.flatMap((visitor, row) =>
      doors.map((door, column) => counterCheckIn(door, visitor, turn + row * doors.length + column)),
    ),
  )
}

function counterCheckIn({ eventId, token }: CastDoor, { uitpasNumber }: Visitor, turn: number): DeviceRequest {
  // written out, because it is asked so often: no id has anything to escape
  const body = `{"eventId":"${eventId}","uitpasNumber":"${uitpasNumber}"}`
  return { endpoint: 'checkins', path: '/checkins', body, headers: withToken(token, `${run}-c${turn}`) }
}

/** Somebody holds a card at the kiosk. */
export function checkInAtKiosk({ deviceId }: CastDoor, { chipNumber }: Visitor, turn: number): AnswerOutcome {
  return send({
    endpoint: 'kiosk-checkins',
    path: '/kiosk-devices/checkins',
    body: JSON.stringify({ chipNumber }),
    headers: withDeviceId(deviceId, `${run}-k${turn}`),
  })
}

/** At the kiosk, where there is one and the pass is a card; else at the counter. */
export function comeIn(door: CastDoor, visitor: Visitor, turn: number): AnswerOutcome {
  const isAtKiosk = door.deviceId !== '' && visitor.chipNumber !== '' && shareOf(turn) < KIOSK_SHARE
  return isAtKiosk ? checkInAtKiosk(door, visitor, turn) : checkInAtCounter(door, visitor, turn)
}

/** The counter looks up what a ticket costs. */
export function askPrice({ eventId, token }: CastDoor, { uitpasNumber }: Visitor): boolean {
  const query = `eventId=${eventId}&uitpasNumber=${uitpasNumber}&regularPrice=${REGULAR_PRICE}`
  return read('tariffs', `${api}/tariffs?${query}`, { authorization: `Bearer ${token}` })
}

/** A ticket at kansentarief. */
export function buyTicket({ eventId, token }: CastDoor, { uitpasNumber }: Visitor, turn: number): AnswerOutcome {
  const ticket = { tariff: { id: 'SOCIALTARIFF' }, uitpasNumber, eventId, regularPrice: REGULAR_PRICE }
  return send({
    endpoint: 'ticket-sales',
    path: '/ticket-sales',
    body: JSON.stringify([ticket]),
    headers: withToken(token, `${run}-t${turn}`),
    accepted: (response) => idsOf(response),
  })
}

/** The reward that everybody wants. */
export function redeem({ token }: CastDoor, { uitpasNumber }: Visitor, turn: number): AnswerOutcome {
  return send({
    endpoint: 'redemptions',
    path: '/rewards/redeemed',
    body: JSON.stringify({ rewardId: reward, uitpasNumber }),
    headers: withToken(token, `${run}-r${turn}`),
  })
}

/** A family scans one code with one call for each member, all at once. */
export function scanTogether({ checkinCode }: CastDoor, family: readonly Visitor[], turn: number): readonly AnswerOutcome[] {
  const scan = ({ passholderId }: Visitor, member: number): DeviceRequest => ({
    endpoint: 'code-checkins',
    path: `/passholders/${passholderId}/checkins`,
    body: JSON.stringify({ checkinCode }),
    headers: withToken(appToken, `${run}-f${turn}-${member}`),
  })
  return sendTogether(family.map(scan))
}

export interface OfflineScan {
  readonly visitor: Visitor
  /** Epoch ms. */
  readonly scannedAt: number
}

/** A kiosk that was offline tells what it saw. */
export function tellOffline({ eventId, deviceId }: CastDoor, scans: readonly OfflineScan[], turn: number): AnswerOutcome {
  const lines = scans.map(({ visitor: { uitpasNumber }, scannedAt }, index) =>
    JSON.stringify({ nonce: `${run}-${turn}-${index}`, scannedAt: new Date(scannedAt).toISOString(), eventId, uitpasNumber }),
  )
  return send({
    endpoint: 'batches',
    path: '/batches',
    body: `${lines.join('\n')}\n`,
    headers: {
      ...withDeviceId(deviceId, `${run}-b${turn}`),
      'content-type': 'application/x-ndjson',
      accept: 'application/x-ndjson',
    },
    accepted: receiptsOfLines,
  })
}

/** What a day is made of: most check in, some ask what a ticket costs, and some of those who may buy one at kansentarief. */
export function visitSomewhere(turn: number): void {
  const door = doorAt(turn)
  const visitor = visitorAt(turn)
  const drawn = shareOf(turn * 7 + 3)
  if (drawn < 0.1) askPrice(door, visitor)
  if (drawn < 0.06 && visitor.hasSocialTariff && visitor.cardSystem === door.cardSystem) buyTicket(door, visitor, turn)
  comeIn(door, visitor, turn)
}

function withToken(token: string, key: string): DeviceHeaders {
  return { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': key }
}

function withDeviceId(deviceId: string, key: string): DeviceHeaders {
  return { 'content-type': 'application/json', 'x-custom-token': deviceId, 'idempotency-key': key }
}

function idsOf({ body }: DeviceResponse): readonly string[] {
  // our own API, whose contract this is
  return (JSON.parse(body ?? '[]') as readonly { readonly id: string }[]).map(({ id }) => id)
}

interface LineResult {
  readonly result: string
  readonly status: number
  readonly receipt?: string
  readonly problem?: unknown
}

function receiptsOfLines({ body }: DeviceResponse): readonly string[] {
  const lines = (body ?? '').split('\n').filter((line) => line !== '')
  return lines.flatMap((line) => {
    const { result, status, receipt = '', problem } = JSON.parse(line) as LineResult // the contract of POST /batches
    if (result !== 'refused') return [receipt]
    refuseLine('batches', status, JSON.stringify(problem))
    return []
  })
}

/** A number in [0, 1) that belongs to a turn: the same whenever it is asked for. */
function shareOf(turn: number): number {
  const mixed = Math.imul(turn ^ 0x9e3779b9, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 0x1_0000_0000
}
