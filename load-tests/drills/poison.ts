import type { CastDoor } from '../scenarios/cast.ts'

/** Values that a body may hold where a text or a number is meant, each written as it goes over the wire. */
const VALUES: readonly string[] = [
  'null',
  'true',
  '7',
  '-0',
  '1e400',
  '9007199254740993',
  '[7]',
  '{}',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"٠٩٢"',
  '"0920000000108 "',
  '"__proto__"',
]
const MEMBERS = ['eventId', 'uitpasNumber', 'chipNumber', 'rewardId'] as const
const DEEP = 10_000
const LARGE_BYTES = 300_000

/** Whole bodies that are no JSON object, or not what they say. */
const BODIES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '{"eventId":"a","eventId":"b"}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{}}}',
  '['.repeat(DEEP),
  `{"eventId":"${'x'.repeat(LARGE_BYTES)}"}`,
  '\uFEFF{}',
  new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  ...MEMBERS.flatMap((member) => VALUES.map((value) => `{"${member}":${value},"nonce":${value}}`)),
]

const CALLS = [
  { path: '/checkins', isKiosk: false, type: 'application/json' },
  { path: '/ticket-sales', isKiosk: false, type: 'application/json' },
  { path: '/rewards/redeemed', isKiosk: false, type: 'application/json' },
  { path: '/kiosk-devices/checkins', isKiosk: true, type: 'application/json' },
  { path: '/batches', isKiosk: false, type: 'application/x-ndjson' },
] as const

/**
 * Sends what no device would, with the credentials of one; gives how many bodies there were.
 * @throws {Error} naming the first that was not refused: a line of a batch for itself, everything else with a 4xx
 */
export async function sendPoison(api: string, { token, deviceId }: CastDoor): Promise<number> {
  let count = 0
  for (const { path, isKiosk, type } of CALLS) {
    const credentials = isKiosk ? { 'x-custom-token': deviceId } : { authorization: `Bearer ${token}` }
    for (const body of BODIES) {
      const response = await fetch(`${api}${path}`, { method: 'POST', headers: { ...credentials, 'content-type': type }, body })
      const answer = await response.text()
      if (!isRefused(path, response.status, answer)) {
        const sent = typeof body === 'string' ? body.slice(0, 80) : 'bytes that are no UTF-8'
        throw new Error(`${path} answered ${response.status} to ${JSON.stringify(sent)}: ${answer.slice(0, 200)}`)
      }
      count += 1
    }
  }
  return count
}

function isRefused(path: string, status: number, answer: string): boolean {
  if (status >= 400 && status < 500) return true
  return path === '/batches' && status === 200 && !/"result":"(?!refused)/.test(answer)
}
