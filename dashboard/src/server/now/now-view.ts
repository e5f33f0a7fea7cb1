import { type Format, formatOf } from '../../lib/format.ts'
import type { KeyFigure } from '../../lib/key-figure.ts'
import type { Language } from '../../lib/language.ts'
import type { ChartView, NowView } from '../../lib/now-view.ts'
import type { TableRow } from '../../lib/table-view.ts'
import { messagesOf } from '../../messages/languages.ts'
import type { Messages } from '../../messages/messages.ts'
import type { BarsRow, ChartRenderer } from '../charts/chart-renderer.ts'
import { freshnessOf, freshnessView } from './freshness.ts'
import { type FullMinute, lastHour } from './last-hour.ts'
import type { Snapshot } from './now-feed.ts'
import type { NowFigures } from './now-source.ts'
import { type Ranked, ranked } from './ranking.ts'

/** Municipalities and reasons shown by name; the rest is one row, so that a chart has sixteen bars at most. */
const NAMED_ROWS_MAX = 15

interface Facts {
  readonly figures: NowFigures
  readonly minutes: readonly FullMinute[]
  readonly messages: Messages
  readonly format: Format
  readonly language: Language
}

/** Turns a snapshot into what the page prints. Charts and tables are made from the same rows, here and nowhere else. */
export async function buildNowView(snapshot: Snapshot, language: Language, charts: ChartRenderer): Promise<NowView> {
  const freshness = freshnessView(snapshot, language)
  const shell = { language, sequence: snapshot.sequence, freshness }
  if (!snapshot.latest) return { ...shell, finding: '', day: '', keyFigures: [], charts: [] }
  const { figures } = snapshot.latest
  const facts: Facts = {
    figures,
    minutes: lastHour(figures, freshnessOf(snapshot).completeUntil ?? figures.asOf),
    messages: messagesOf(language),
    format: formatOf(language),
    language,
  }
  return {
    ...shell,
    finding: findingOf(facts),
    day: facts.format.day(figures.day),
    keyFigures: keyFiguresOf(facts),
    charts: [
      await minutesChart(facts, charts),
      await channelsChart(facts, charts),
      await refusalsChart(facts, charts),
      await venuesChart(facts, charts),
    ],
  }
}

/** The last minute that can no longer change; the oldest one when none is complete. */
function lastFullMinute({ minutes }: Facts): FullMinute {
  // `as` holds: the last hour always has sixty minutes.
  return minutes.findLast((minute) => !minute.provisional) ?? (minutes[0] as FullMinute)
}

function findingOf(facts: Facts): string {
  const { figures, messages, format } = facts
  const { checkins } = figures.totals
  if (checkins === 0) return messages.finding.none
  const last = lastFullMinute(facts)
  return messages.finding.some({
    checkins: format.count(checkins),
    one: checkins === 1,
    lastMinute: format.count(last.checkins),
    time: format.minute(last.minute),
  })
}

function keyFiguresOf(facts: Facts): KeyFigure[] {
  const { totals } = facts.figures
  const { keyFigure: words } = facts.messages
  const { format } = facts
  const last = lastFullMinute(facts)
  const attempts = totals.checkins + totals.refusals
  return [
    { id: 'checkins', label: words.checkins, value: format.count(totals.checkins), note: words.checkinsNote },
    {
      id: 'last-minute',
      label: words.lastMinute,
      value: format.count(last.checkins),
      note: words.lastMinuteNote(format.minute(last.minute)),
    },
    { id: 'points', label: words.points, value: format.count(totals.points), note: words.pointsNote },
    {
      id: 'refusals',
      label: words.refusals,
      value: format.count(totals.refusals),
      note: attempts === 0 ? words.refusalsNone : words.refusalsNote(format.share(totals.refusals, attempts)),
    },
  ]
}

async function minutesChart(facts: Facts, charts: ChartRenderer): Promise<ChartView> {
  const { minutes, format, language } = facts
  const words = facts.messages.minutes
  const peak = minutes.reduce((highest, minute) => (minute.checkins > highest.checkins ? minute : highest))
  const complete = minutes.filter((minute) => !minute.provisional)
  const sum = complete.reduce((total, minute) => total + minute.checkins, 0)
  const title =
    peak.checkins === 0
      ? words.none
      : words.some({
          mean: format.mean(sum / Math.max(1, complete.length)),
          peak: format.count(peak.checkins),
          peakTime: format.minute(peak.minute),
        })
  const rows = minutes.map((minute) => ({
    slot: minute.slot,
    value: minute.checkins,
    provisional: minute.provisional,
    clock: hasClock(minute) ? format.minute(minute.minute) : '',
  }))
  const clockOf = (index: number) => format.minute(minutes.at(index)?.minute ?? 0)
  return {
    id: 'minutes',
    title,
    measure: words.measure,
    note: words.note,
    empty: '',
    svg: await charts.minutes(rows, language, `${words.measure}. ${title}.`),
    table: {
      caption: words.caption(clockOf(0), clockOf(-1)),
      columns: [
        { label: words.minute, numeric: false },
        { label: words.checkins, numeric: true },
        { label: words.state, numeric: false },
      ],
      rows: minutes.map((minute) => ({
        key: String(minute.slot),
        cells: [
          format.minute(minute.minute),
          format.count(minute.checkins),
          minute.provisional ? words.provisional : words.complete,
        ],
      })),
    },
  }
}

/** Every tenth minute carries its clock time, except at the edges, where the words would be cut off. */
function hasClock(minute: FullMinute): boolean {
  return (minute.minute / 60_000) % 10 === 0 && minute.slot >= 2 && minute.slot <= 55
}

function channelsChart(facts: Facts, charts: ChartRenderer): Promise<ChartView> {
  const words = facts.messages.channels
  const rows = ranked(
    facts.figures.channels.map(({ channel, checkins }) => ({
      key: channel,
      label: words.names[channel] ?? words.unknown(channel),
      value: checkins,
    })),
    { namedMax: NAMED_ROWS_MAX, others: (count) => words.unknown(String(count)) },
  )
  const total = sumOf(rows)
  const first = rows[0]
  const title =
    first && total > 0 ? words.some({ channel: first.label, share: facts.format.share(first.value, total) }) : words.none
  return rankedChart(facts, charts, {
    id: 'channels',
    title,
    rows,
    measure: words.measure,
    empty: words.empty,
    caption: words.caption(facts.format.day(facts.figures.day)),
    labels: [words.channel, facts.messages.columns.checkins],
  })
}

function venuesChart(facts: Facts, charts: ChartRenderer): Promise<ChartView> {
  const words = facts.messages.venues
  const { format } = facts
  const rows = ranked(
    facts.figures.venues.map(({ nis, name, checkins }) => ({
      key: String(nis),
      label: nis === 0 ? words.unknown : name || words.unnamed(nis),
      value: checkins,
    })),
    { namedMax: NAMED_ROWS_MAX, others: (count) => words.others(format.count(count)) },
  )
  const total = sumOf(rows)
  const first = rows[0]
  const title =
    first && total > 0
      ? words.some({ name: first.label, share: format.share(first.value, total), count: format.count(first.value) })
      : words.none
  return rankedChart(facts, charts, {
    id: 'venues',
    title,
    rows,
    measure: words.measure,
    empty: words.empty,
    caption: words.caption(format.day(facts.figures.day)),
    labels: [words.venue, facts.messages.columns.checkins],
  })
}

function refusalsChart(facts: Facts, charts: ChartRenderer): Promise<ChartView> {
  const words = facts.messages.refusals
  const { format } = facts
  const rows = ranked(
    facts.figures.refusals.map(({ reason, refusals }) => ({
      key: reason,
      label: words.reasons[slugOf(reason)] ?? words.unknown(reason),
      value: refusals,
    })),
    { namedMax: NAMED_ROWS_MAX, others: (count) => words.others(format.count(count)) },
  )
  const first = rows[0]
  const title =
    first && first.value > 0
      ? words.some({ reason: first.label, count: format.count(first.value), one: first.value === 1 })
      : words.none
  return rankedChart(facts, charts, {
    id: 'refusals',
    title,
    rows,
    measure: words.measure,
    empty: words.empty,
    caption: words.caption(format.day(facts.figures.day)),
    labels: [words.reason, words.times],
  })
}

/** The last part of a problem type: `body/invalid-data` and `invalid-data` are one reason. */
function slugOf(reason: string): string {
  return reason.slice(reason.lastIndexOf('/') + 1)
}

interface RankedChart extends Pick<ChartView, 'id' | 'title' | 'measure' | 'empty'> {
  readonly rows: readonly Ranked[]
  readonly caption: string
  /** Headers of the first two columns. */
  readonly labels: readonly [string, string]
}

async function rankedChart(facts: Facts, charts: ChartRenderer, chart: RankedChart): Promise<ChartView> {
  const { format, language, messages } = facts
  const { id, title, measure, empty, rows, caption, labels } = chart
  const total = sumOf(rows)
  const sentence = `${measure}. ${title}.`
  const bars: BarsRow[] = rows.map((row, slot) => ({
    slot,
    label: row.label,
    value: row.value,
    text: format.count(row.value),
    rest: row.rest,
  }))
  const tableRows: TableRow[] = rows.map((row) => ({
    key: row.key,
    cells: [row.label, format.count(row.value), format.share(row.value, total)],
  }))
  return {
    id,
    title,
    measure,
    note: '',
    empty,
    svg: id === 'venues' ? await charts.barsInColumns(bars, language, sentence) : await charts.bars(bars, language, sentence),
    table: {
      caption,
      columns: [
        { label: labels[0], numeric: false },
        { label: labels[1], numeric: true },
        { label: messages.columns.share, numeric: true },
      ],
      rows: tableRows,
    },
  }
}

function sumOf(rows: readonly Ranked[]): number {
  return rows.reduce((total, row) => total + row.value, 0)
}
