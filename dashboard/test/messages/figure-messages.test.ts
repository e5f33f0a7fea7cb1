import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src/lib/language.ts'
import { figureMessagesOf } from '../../src/messages/figures/figure-languages.ts'

/** Every path to a message, with the message. */
function paths(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}/${key}`))
}

const dutch = paths(figureMessagesOf('nl')).map(([path]) => path)

test.each(LANGUAGES)('%s has every word of the figures that Dutch has, in the same order, and none is empty', (language) => {
  const messages = paths(figureMessagesOf(language))
  expect(messages.map(([path]) => path)).toEqual(dutch)
  expect(messages.filter(([, message]) => typeof message === 'string' && message.trim() !== message)).toEqual([])
  expect(messages.filter(([, message]) => message === '')).toEqual([])
})
