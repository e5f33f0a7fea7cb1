import { type CardStock, cardForecast, measuredUse, parseDay, plannedOrders } from '@zuil/core'
import type { KeyFigure } from '../../lib/key-figure.ts'
import type { TableView } from '../../lib/table-view.ts'
import { type EntryFormView, WORKSPACE_FIELDS as FIELDS, type WorkspaceSection } from '../../lib/workspace/workspace-view.ts'
import { publishedNumbers } from '../planning/planning-figures.ts'
import type { KeptCount } from './card-book.ts'
import {
  columnsOf,
  dayIn,
  hidden,
  keptOf,
  plainFormOf,
  sectionOf,
  typedField,
  type WorkspaceSetting,
} from './workspace-setting.ts'

/** Orders are looked for so far ahead. */
export const AHEAD_WEEKS = 104
/** From order to counter, where nobody said otherwise. Judgement. */
const USUAL_DELIVERY_WEEKS = 6
/** Counts that the page shows. */
const COUNTS_SHOWN_MAX = 12

/** What a forecast is made of: a count by hand, and published numbers of a year. */
export interface CardOutlook extends CardStock {
  readonly count: KeptCount
}

/** What is in stock, and when to order. */
export async function cardsSection(setting: WorkspaceSetting): Promise<WorkspaceSection> {
  const { words, workspace, place, writer, format } = setting
  const counts = workspace.cards.of(place)
  const outlook = await cardOutlook(setting)
  const mayWrite = writer.mayWrite(place)
  const { cards } = words
  const removable = counts.map(({ id, day, cards: count }) => ({
    id,
    text: cards.line({ day: dayIn(format, day), cards: format.count(count) }),
  }))
  return sectionOf('cards', setting, {
    keyFigures: keyFiguresOf(counts, outlook, setting),
    tables: [ordersTable(outlook, setting), countsTable(counts, setting)].filter(({ rows }) => rows.length > 0),
    ...(mayWrite && { forms: [countForm(counts, setting)], ...keptOf('voorraad/verwijder', cards.kept, removable) }),
    explained: cards.explained,
  })
}

/** What the last count and the published year let expect; undefined where one of them is missing. */
export async function cardOutlook({ workspace, place, figures, today }: WorkspaceSetting): Promise<CardOutlook | undefined> {
  const [count] = workspace.cards.of(place)
  const { newHolders, holders } = figures ? await publishedNumbers(figures) : {}
  if (!count || newHolders === undefined || holders === undefined) return undefined
  const asked = { newHoldersAYear: newHolders, holders, deliveryWeeks: count.deliveryWeeks }
  const { cardsAWeek } = cardForecast({ ...asked, stock: count.cards })
  const weeks = (today - (parseDay(count.day) ?? today)) / 7
  return { ...asked, count, stock: Math.max(0, Math.round(count.cards - cardsAWeek * weeks)) }
}

function keyFiguresOf(
  counts: readonly KeptCount[],
  outlook: CardOutlook | undefined,
  { words, format, figures, today }: WorkspaceSetting,
): readonly KeyFigure[] {
  const { cards } = words
  const [last] = counts
  const counted = last ? cards.stockNote({ cards: format.count(last.cards), day: dayIn(format, last.day) }) : cards.counted
  if (!outlook) {
    return [{ id: 'stock', label: cards.stock, value: last ? format.count(last.cards) : words.none, note: counted }]
  }
  const { cardsAWeek, weeksLeft } = cardForecast(outlook)
  const period = figures?.writing.period(figures.period.key) ?? ''
  const basis = { newHolders: format.count(outlook.newHoldersAYear), holders: format.count(outlook.holders), period }
  const empty = weeksLeft === undefined ? cards.never : dayIn(format, today + Math.floor(weeksLeft * 7))
  return [
    { id: 'stock', label: cards.stock, value: format.count(outlook.stock), note: counted },
    { id: 'cards-a-week', label: cards.use, value: format.mean(cardsAWeek), note: cards.useNote(basis) },
    { id: 'empty', label: cards.empty, value: empty, note: '' },
    ...measuredFigure(counts, { words, format }),
  ]
}

/** What went out between the last two counts. */
function measuredFigure(
  [last, before]: readonly KeptCount[],
  { words: { cards }, format }: Pick<WorkspaceSetting, 'words' | 'format'>,
): readonly KeyFigure[] {
  const used = last && before ? useBetween(before, last) : undefined
  if (!last || !before || used === undefined) return []
  const note = cards.measuredNote({ from: dayIn(format, before.day), to: dayIn(format, last.day) })
  return [{ id: 'measured', label: cards.measured, value: format.mean(used), note }]
}

/** Cards a week; undefined where the two counts are too close to each other. */
export function useBetween(before: KeptCount, after: KeptCount): number | undefined {
  const [one, other] = [before, after].map((count) => ({ ...count, day: parseDay(count.day) ?? 0 }))
  return one && other ? measuredUse(one, other) : undefined
}

function ordersTable(outlook: CardOutlook | undefined, { words, format, today }: WorkspaceSetting): TableView {
  const { ordersCaption, ordersColumns, now } = words.cards
  const orders = outlook ? plannedOrders(outlook, AHEAD_WEEKS) : []
  const rows = orders.map(({ inWeeks, cards }) => {
    const day = today + Math.floor(inWeeks * 7)
    const said = day === today ? now(dayIn(format, day)) : dayIn(format, day)
    return { key: String(day), cells: [said, format.count(cards), dayIn(format, day + (outlook?.deliveryWeeks ?? 0) * 7)] }
  })
  return { caption: ordersCaption, columns: columnsOf(ordersColumns, [1]), rows }
}

function countsTable(counts: readonly KeptCount[], { words, format }: WorkspaceSetting): TableView {
  const { countsCaption, countsColumns } = words.cards
  const rows = counts.slice(0, COUNTS_SHOWN_MAX).map((count, index) => {
    const before = counts[index + 1]
    const used = before ? useBetween(before, count) : undefined
    const cells = [count.cards, count.received].map((number) => format.count(number))
    return { key: count.id, cells: [dayIn(format, count.day), ...cells, used === undefined ? words.none : format.mean(used)] }
  })
  return { caption: countsCaption, columns: columnsOf(countsColumns, [1, 2, 3]), rows }
}

function countForm([last]: readonly KeptCount[], setting: WorkspaceSetting): EntryFormView {
  const { form: said } = setting.words.cards
  const { place } = setting
  const weeks = String(last?.deliveryWeeks ?? USUAL_DELIVERY_WEEKS)
  return plainFormOf('cards', setting, {
    action: 'voorraad',
    title: said.title,
    fields: [
      hidden(place.startsWith('region:') ? FIELDS.region : FIELDS.member, place),
      typedField('day', { name: FIELDS.day, label: said.day }),
      typedField('number', { name: FIELDS.cards, label: said.cards }),
      typedField('number', { name: FIELDS.received, label: said.received, isRequired: false }),
      typedField('number', { name: FIELDS.deliveryWeeks, label: said.deliveryWeeks, value: weeks }),
    ],
  })
}
