import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src/lib/language.ts'
import { FRESHNESS_STATES } from '../../src/lib/now-view.ts'
import { messagesOf } from '../../src/messages/languages.ts'

/** Every path to a message, with the message. */
function paths(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}/${key}`))
}

const dutch = paths(messagesOf('nl'))

test.each(LANGUAGES)('%s has every message that Dutch has, and no other', (language) => {
  expect(paths(messagesOf(language)).map(([path]) => path)).toEqual(dutch.map(([path]) => path))
})

test.each(LANGUAGES)('no message in %s is empty or has white space around it', (language) => {
  const faulty = paths(messagesOf(language)).filter(
    ([, message]) => typeof message === 'string' && (message === '' || message !== message.trim()),
  )
  expect(faulty).toEqual([])
})

test.each(['fr', 'en'] as const)('no sentence in %s was left in Dutch', (language) => {
  const others = new Map(paths(messagesOf(language)))
  // Names and words that are the same by right.
  const shared = ['Zuil', 'Minute', 'Minuut', 'Check-ins']
  const same = dutch.filter(
    ([path, message]) => typeof message === 'string' && others.get(path) === message && !shared.includes(message),
  )
  expect(same).toEqual([])
})

test.each(LANGUAGES)('every state of freshness has words in %s', (language) => {
  const { remark } = messagesOf(language).freshness
  const words = FRESHNESS_STATES.map((state) => remark(state, { lag: '34', waiting: 2, waitingText: '2' }))
  expect(new Set(words).size).toBe(FRESHNESS_STATES.length)
})
