import { expect, test } from 'vitest'
import { AnswerBook } from '../../verdict/answer-book.ts'

const line = (at: number, ms: number, outcome: string, detail: string) =>
  `${at}\t${ms * 1_000}\tcheckins\t200\t${outcome}\t${detail}`

test('answers are added up by endpoint and by second, and each receipt is kept once', () => {
  const book = new AnswerBook()
  book.addLine(line(10_000, 5, 'accepted', '0.1-0'))
  book.addLine(line(10_500, 5, 'accepted', '0.1-0'))
  book.addLine(line(12_100, 80, 'accepted', '0.2-0,0.2-1'))
  book.addLine(line(12_200, 5, 'refused', 'maximum-reached'))
  expect(book.accepted).toEqual(new Set(['0.1-0', '0.2-0', '0.2-1']))
  expect(book.endpoints).toMatchObject([
    { endpoint: 'checkins', requests: 4, accepted: 3, refused: 1, p50: expect.closeTo(5, 1) },
  ])
  expect(book.curve.map(({ requests }) => requests)).toEqual([2, 0, 2])
  expect(book.curve[2]?.p99).toBeCloseTo(80, 0)
  expect(book.refusals).toEqual([{ code: 'maximum-reached', count: 1 }])
})

test('a line that is no answer is counted, and changes nothing', () => {
  const book = new AnswerBook()
  book.addLine('time="2026-11-21" level=warning msg="Insufficient VUs"')
  book.addLine('1795300431192\t3900\tcheckins\t201\taccep')
  expect(book).toMatchObject({ unreadable: 2 })
  expect(book.total('requests')).toBe(0)
})

test('requests that heard nothing for as long as a device waits are counted from a moment on', () => {
  const book = new AnswerBook()
  book.addLine(line(10_000, 10_000, 'unanswered', '1050'))
  book.addLine(line(20_000, 10_000, 'unanswered', '1050'))
  book.addLine(line(21_000, 3, 'unanswered', '1212'))
  book.addLine(line(21_000, 5, 'refused', 'maximum-reached'))
  expect([book.hungSince(0), book.hungSince(20_000), book.hungSince(20_001)]).toEqual([2, 1, 0])
  expect(book.curve.map(({ answered }) => answered).filter(Boolean)).toEqual([1])
})

test('a connection that is refused at once does not make the others look fast', () => {
  const book = new AnswerBook()
  book.addLine(line(10_000, 50, 'accepted', '0.1-0'))
  for (let i = 0; i < 99; i++) book.addLine(line(10_000, 0, 'unanswered', '1212'))
  expect(book.endpoints[0]).toMatchObject({ requests: 100, unanswered: 99, p50: expect.closeTo(50, 0) })
})
