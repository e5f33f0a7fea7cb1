import type { ApiClient } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { mayForEvent } from '../src/access.ts'

const EVENT = { organizer: 'Organizer', location: 'place', cardSystems: [5] }
const registry = { organizersAt: (location: string) => new Set(location === 'place' ? ['host'] : []) }

describe('a permission for an event', () => {
  test.each([
    ['of its organizer, in every card system', 'ORGANIZER', [], true],
    ['of its organizer, in a card system of the event', 'organizer', [4, 5], true],
    ['of its organizer, in other card systems', 'organizer', [4], false],
    ['of the organizer whose place it is', 'host', [5], true],
    ['of the organizer whose place it is, in other card systems', 'host', [4], false],
    ['of somebody else', 'stranger', [], false],
  ])('%s', (_name, organizer, cardSystems, may) => {
    const client = clientOf([
      { organizer: 'nobody', permissions: ['CHECKINS_WRITE'], cardSystems: [] },
      { organizer, permissions: ['PASSES_READ'], cardSystems: [] },
      { organizer, permissions: ['CHECKINS_WRITE'], cardSystems },
    ])
    expect(mayForEvent(client, 'CHECKINS_WRITE', { event: EVENT, registry })).toBe(may)
  })
})

function clientOf(grants: ApiClient['grants']): ApiClient {
  return { id: 'client', name: 'Client', grants }
}
