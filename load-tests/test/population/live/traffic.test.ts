import { brusselsDay, CheckinWindows, parseDay } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { Dice } from '../../../population/dice.ts'
import { History } from '../../../population/history/history.ts'
import type { LiveAction } from '../../../population/live/action.ts'
import { type LiveAnswer, outcomeOf } from '../../../population/live/answer.ts'
import { Pace } from '../../../population/live/pace.ts'
import { LivePlan } from '../../../population/live/plan.ts'
import { type LiveRequest, RequestWriter } from '../../../population/live/request.ts'
import { LiveTally } from '../../../population/live/tally.ts'
import { IN_FLIGHT_MAX, runTraffic, type TrafficOptions } from '../../../population/live/traffic.ts'
import { passholderId } from '../../../population/registry/passes.ts'
import { makeWorld } from '../../../population/world.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN
/** A Saturday in term time. */
const SATURDAY = Date.parse('2026-03-14T11:00:00+01:00')
const NIGHT = Date.parse('2026-03-14T03:45:00+01:00')
const TODAY = brusselsDay(SATURDAY)
const WORLD = makeWorld({ seed: 4, holders: 800, from: day('2025-01-01'), until: day('2027-01-01'), regions: ['Maasland'] })

/** The population at the end of yesterday; each test changes its own. */
function told(): History {
  const history = new History(WORLD, TODAY)
  for (const _ of history.days());
  return history
}

function actionsAt(now: number, count: number, mayRegister = true): LiveAction[] {
  const plan = new LivePlan(WORLD, { state: told().state, now, mayRegister })
  return Array.from({ length: count }, () => plan.next(now) ?? expect.fail('nobody has anything to do'))
}

describe('what the population does now', () => {
  test('by day it checks in where something is open, buys tickets, registers', () => {
    const actions = actionsAt(SATURDAY, 600)
    const windows = new CheckinWindows()
    for (const action of actions) {
      if (action.kind !== 'check-in') continue
      expect(windows.at(WORLD.events.event(action.offer).calendar, SATURDAY).state).toBe('open')
    }
    expect(new Set(actions.map(({ kind }) => kind))).toEqual(new Set(['check-in', 'upload', 'sale', 'registration', 'account']))
  })

  test('in the dead of night devices tell what they saw before, and nobody checks in', () => {
    const actions = actionsAt(NIGHT, 60)
    expect(actions.filter(({ kind }) => kind === 'check-in')).toEqual([])
    const uploads = actions.filter((action) => action.kind === 'upload')
    expect(uploads.length).toBeGreaterThan(10)
    expect(uploads.every(({ scannedAt }) => scannedAt < NIGHT && scannedAt > NIGHT - 6 * 86_400_000)).toBe(true)
  })

  test('nobody registers where the operator does not help, and who has registered comes a little later', () => {
    expect(actionsAt(SATURDAY, 300, false).filter(({ kind }) => kind === 'registration')).toEqual([])
    const { state } = told()
    const plan = new LivePlan(WORLD, { state, now: SATURDAY, mayRegister: true })
    let newcomer: LiveAction | undefined
    for (let i = 0; i < 500 && newcomer?.kind !== 'registration'; i++) newcomer = plan.next(SATURDAY)
    expect(newcomer?.kind).toBe('registration')
    if (newcomer?.kind !== 'registration') return
    const { path, body } = new RequestWriter(WORLD, state).request(newcomer, 'n')
    expect(path).toMatch(/^\/registry\/(passholders|group-passes)$/)
    expect(body).toContain('"uitpasNumber":"092')
  })

  test('who has saved enough exchanges points some moments later, at a counter of the region', () => {
    const history = told()
    const plan = new LivePlan(WORLD, { state: history.state, now: SATURDAY, mayRegister: false })
    const kinds = new Set<string>()
    for (let i = 0; i < 600; i++) {
      const now = SATURDAY + i * 1_000
      const action = plan.next(now)
      if (!action) continue
      kinds.add(action.kind)
      const paths = action.kind === 'sale' ? ['/ticket-sales/1', '/ticket-sales/2'] : ['/checkins/1']
      plan.ended(action, { kind: 'accepted', transactions: 1, paths, points: 40 }, now)
      if (action.kind !== 'redemption') continue
      expect(WORLD.rewards[action.reward]?.organizers).toEqual([WORLD.hosts[action.host]?.organizer.id])
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['redemption', 'cancellation']))
  })

  test('who stands before a poster gets an account, one at a time, and scans the code of the event from then on', () => {
    const { state } = told()
    const plan = new LivePlan(WORLD, { state, now: SATURDAY, mayRegister: true })
    const requests = new RequestWriter(WORLD, state)
    const accounts: number[] = []
    const scans: { readonly holder: number; readonly body: string | undefined }[] = []
    for (let i = 0; i < 3_000; i++) {
      const now = SATURDAY + i * 1_000
      const action = plan.next(now)
      if (!action) continue
      const { caller, path, body } = requests.request(action, 'n')
      if (action.kind === 'account') {
        accounts.push(now)
        expect({ caller: caller.kind, path }).toEqual({ caller: 'operator', path: '/registry/accounts' })
        expect(JSON.parse(body ?? '')).toMatchObject({ passholder: { id: passholderId(WORLD.options.seed, action.holder) } })
      }
      if (action.kind === 'self-check-in') {
        expect({ caller, path }).toEqual({ caller: { kind: 'person', holder: action.holder }, path: '/passholders/me/checkins' })
        scans.push({ holder: action.holder, body })
        expect(WORLD.hosts[WORLD.offers.host[action.offer] ?? 0]?.kiosk).toBe('')
      }
      plan.ended(action, { kind: 'accepted', transactions: 1, paths: [] }, now)
    }
    expect(accounts.length).toBeGreaterThan(5)
    expect(accounts.slice(1).every((at, index) => at - (accounts[index] ?? 0) >= 10_000)).toBe(true)
    // the one for which the account was made, and others later
    expect(scans.length).toBeGreaterThan(accounts.length)
    expect(scans[0]?.body).toMatch(/^{"checkinCode":"[0-9A-F]{32}"}$/)
  })

  test('more of it happens on a Saturday morning than in the night', () => {
    const pace = new Pace(WORLD, told().state)
    expect(pace.perSecond(SATURDAY)).toBeGreaterThan(5 * pace.perSecond(NIGHT))
    expect(pace.perSecond(NIGHT)).toBeGreaterThan(0)
  })
})

describe('live traffic', () => {
  /** Time that goes on by itself while something waits for it. */
  function options(send: TrafficOptions['send'], stop: AbortController, actions: number): TrafficOptions {
    const { state } = told()
    let now = SATURDAY
    const dice = new Dice(9, 1)
    return {
      plan: new LivePlan(WORLD, { state, now, mayRegister: true }),
      requests: new RequestWriter(WORLD, state),
      send,
      rate: () => 50,
      now: () => now,
      share: () => dice.share(),
      newKey: () => String(dice.share()),
      sleep: async (ms) => {
        now += ms
      },
      signal: stop.signal,
      onEnd: (tally) => {
        if (tally.total('accepted') + tally.total('refused') + tally.total('unanswered') >= actions) stop.abort()
      },
    }
  }

  test('never has more requests under way than its bound, and waits for those when it is stopped', async () => {
    const stop = new AbortController()
    let underWay = 0
    let most = 0
    const answers: (() => void)[] = []
    const send = (): Promise<LiveAnswer> => {
      underWay += 1
      most = Math.max(most, underWay)
      const answer = Promise.withResolvers<LiveAnswer>()
      answers.push(() => {
        underWay -= 1
        answer.resolve({ status: 503, body: undefined })
      })
      // the API answers only once as many wait as may
      if (answers.length >= IN_FLIGHT_MAX) for (const give of answers.splice(0)) give()
      if (stop.signal.aborted) for (const give of answers.splice(0)) give()
      return answer.promise
    }
    const running = runTraffic(options(send, stop, 200))
    while (!stop.signal.aborted) await new Promise((resolve) => setImmediate(resolve))
    for (const give of answers.splice(0)) give()
    const tally = await running
    expect(most).toBe(IN_FLIGHT_MAX)
    expect(underWay).toBe(0)
    expect(tally.total('unanswered')).toBeGreaterThanOrEqual(200)
  })

  test('sends each action as its caller does', async () => {
    const stop = new AbortController()
    const seen = new Map<string, LiveRequest>()
    await runTraffic(
      options(
        async (request) => {
          seen.set(request.path, request)
          return { status: 201, body: {} }
        },
        stop,
        300,
      ),
    )
    expect(seen.get('/kiosk-devices/checkins')).toMatchObject({
      caller: { kind: 'kiosk' },
      body: expect.stringMatching(/^{"chipNumber":"04/),
    })
    expect(seen.get('/checkins')).toMatchObject({ caller: { kind: 'counter' }, method: 'POST' })
    expect(seen.get('/batches')).toMatchObject({ caller: { kind: 'kiosk' }, contentType: 'application/x-ndjson' })
    expect(seen.get('/ticket-sales')?.body).toMatch(/^\[{"tariff":/)
    expect(seen.get('/registry/passholders')).toMatchObject({ caller: { kind: 'operator' }, method: 'PUT' })
  })
})

describe('how actions end', () => {
  const checkin: LiveAction = { kind: 'check-in', at: 'COUNTER', host: 0, holder: 0, offer: 0 }
  const upload: LiveAction = { kind: 'upload', host: 0, holder: 0, offer: 0, scannedAt: 0 }
  const problem = {
    type: 'https://api.publiq.be/probs/uitpas/checkin-not-allowed',
    title: 'Check-in not allowed',
    detail: 'MAXIMUM_REACHED',
  }

  test.each([
    [
      checkin,
      { status: 201, body: { id: 'a', points: 1, passholder: { points: 7 } } },
      { kind: 'accepted', transactions: 1, paths: ['/checkins/a'], points: 7 },
    ],
    [
      checkin,
      { status: 200, body: { newPoints: 1, totalPoints: 8 } },
      { kind: 'accepted', transactions: 1, paths: [], points: 8 },
    ],
    [checkin, { status: 400, body: problem }, { kind: 'refused', code: 'checkin-not-allowed', detail: 'MAXIMUM_REACHED' }],
    [checkin, { status: 0, body: undefined }, { kind: 'unanswered', status: 0 }],
    [
      upload,
      { status: 200, body: { line: 1, nonce: 'n', result: 'flagged', status: 201 } },
      { kind: 'accepted', transactions: 1, paths: [] },
    ],
    [
      upload,
      { status: 200, body: { line: 1, nonce: 'n', result: 'refused', status: 400, problem } },
      { kind: 'refused', code: 'checkin-not-allowed', detail: 'MAXIMUM_REACHED' },
    ],
    [
      { kind: 'registration', holder: 3 } satisfies LiveAction,
      { status: 200, body: { results: [{ index: 0, ok: false, problem: { code: 'card-in-use', detail: 'taken' } }] } },
      { kind: 'refused', code: 'card-in-use', detail: 'taken' },
    ],
  ] as const)('%o with answer %o', (action, answer, outcome) => {
    expect(outcomeOf(action, answer)).toEqual(outcome)
  })

  test('refusals are counted by their code, with what happened; the others are named as not foreseen', () => {
    const tally = new LiveTally()
    tally.add('check-in', { kind: 'refused', code: 'checkin-not-allowed', detail: 'twice' })
    tally.add('check-in', { kind: 'refused', code: 'auth/forbidden', detail: 'no permission' })
    expect(tally.refusals.map(({ code, count }) => [code, count])).toEqual([
      ['checkin-not-allowed', 1],
      ['auth/forbidden', 1],
    ])
    expect(tally.unforeseen).toEqual([{ code: 'auth/forbidden', count: 1, meaning: undefined, example: 'no permission' }])
  })
})
