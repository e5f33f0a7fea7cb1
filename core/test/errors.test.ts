import { decide, MESSAGES, PERIOD_TYPES, PROBLEMS, problem, problemOfRefusal } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { aCheckin, NOON, someRules } from './builders.ts'

describe('a problem', () => {
  test('has type, title and status, and nothing that was not said', () => {
    expect(problem('maximum-reached')).toEqual({
      type: 'https://api.publiq.be/probs/uitpas/maximum-reached',
      title: 'Maximum reached',
      status: 400,
    })
  })

  test.each(['event-not-found', 'passholder-not-found'] as const)('%s is 400 on a POST and 404 on a look-up', (code) => {
    expect([problem(code).status, problem(code, { onRead: true }).status]).toEqual([400, 404])
  })

  test('has a type of its own for each code, but for those about the server itself', () => {
    const types = Object.values(PROBLEMS).map(({ type }) => type)
    const own = types.filter((type) => type !== 'about:blank')
    expect(new Set(own).size).toBe(own.length)
  })

  test('of a refusal says why to developers and to the person at the door', () => {
    const decision = decide(aCheckin({ event: undefined, eventId: 'unknown' }), someRules())
    if (decision.kind !== 'refused') throw new Error('not refused')
    expect(problemOfRefusal(decision.refusal)).toEqual({
      type: 'https://api.publiq.be/probs/uitpas/event-not-found',
      title: 'Event not found',
      status: 400,
      detail: 'Event id unknown not found: UNKNOWN_EVENT_CDBID',
      endUserMessage: MESSAGES.eventNotFound(),
    })
  })
})

describe('a message for end users', () => {
  test('is there in Dutch, French and English for every period', () => {
    for (const period of PERIOD_TYPES) {
      const { nl, fr, en } = MESSAGES.limitReached(2, period)
      expect([nl, fr, en].every((text) => text?.includes('2'))).toBe(true)
    }
  })

  test('tells the time in Brussels', () => {
    expect(MESSAGES.notYet(NOON).nl).toContain('21 november 2026 om 12:00')
  })
})
