import { expect, test } from 'vitest'
import { readAnswer } from '../../installation/redis-line.ts'

test.each([
  ['+PONG\r\n', 'PONG'],
  [':42\r\n', '42'],
  ['$5\r\nabcde\r\n', 'abcde'],
  ['$-1\r\n', ''],
  ['$4\r\na\r\nb\r\n', 'a\r\nb'],
])('the answer %j means %j', (received, text) => {
  expect(readAnswer(received)).toEqual({ text, isError: false })
})

test('an error keeps the words of Redis', () => {
  expect(readAnswer('-OOM command not allowed\r\n')).toEqual({ text: 'OOM command not allowed', isError: true })
})

test.each(['', '$5\r\nabc', '$5\r\nabcde', '+PO'])('the answer %j is not whole yet', (received) => {
  expect(readAnswer(received)).toBeUndefined()
})
