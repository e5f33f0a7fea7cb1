import { activityOf, isSuggested, type Transaction } from '@zuil/core'
import { expect, test } from 'vitest'
import { aReward, aTransaction } from './builders.ts'

const LIBRARY = aReward({ organizers: ['bib'], categories: ['Doen'] })
const POOL = aReward({ organizers: ['zwembad'], categories: ['Doen'] })
const COFFEE = aReward({ organizers: ['zwembad'], categories: ['Eten en drinken'] })
const ANYWHERE = aReward({ organizers: [], categories: ['Goede doel'] })

const suggested = (...done: Partial<Transaction>[]) => {
  const activity = activityOf(done.map(aTransaction), (id) => (id === 'library-reward' ? LIBRARY : undefined))
  return [LIBRARY, POOL, COFFEE, ANYWHERE].map((reward) => isSuggested(reward, activity))
}
const exchange = { reward: 'library-reward' } as Transaction['exchange'] & object

test.each<[string, Partial<Transaction>[], boolean[]]>([
  ['who did nothing lately is suggested everything', [], [true, true, true, true]],
  [
    'a visit suggests what can be had there, in whatever letters its id comes',
    [{ organizer: 'BIB' }],
    [true, false, false, true],
  ],
  ['a redemption suggests its own kind too', [{ kind: 'REDEMPTION', organizer: 'bib', exchange }], [true, true, false, true]],
  [
    'a grant and a bonus are nothing that somebody did',
    [{ kind: 'GRANT', organizer: 'bib', exchange }],
    [true, true, true, true],
  ],
])('%s', (_title, done, expected) => {
  expect(suggested(...done)).toEqual(expected)
})
