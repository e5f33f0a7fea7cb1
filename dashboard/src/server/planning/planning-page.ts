import { cardForecast, devicesNeeded, memberCost, SECONDS_PER_CHECKIN } from '@zuil/core'
import { type Format, formatOf } from '../../lib/format.ts'
import type { KeyFigure } from '../../lib/key-figure.ts'
import {
  CANDIDATE_PARAMETERS,
  PLANNING_FIELDS,
  type PlanningField,
  type PlanningFieldId,
  type PlanningSection,
  type PlanningView,
} from '../../lib/planning-view.ts'
import { type PageSources, settingOf } from '../figures/page-builder.ts'
import type { PageState } from '../pages/page-state.ts'
import type { Scope } from '../scope/scope.ts'
import { type PublishedNumbers, publishedNumbers } from './planning-figures.ts'
import { type PlanningWords, planningWords } from './planning-words.ts'

/** About which region, for whom, with what was typed. */
export interface PlanningRequested {
  readonly state: Omit<PageState, 'periodKind'>
  readonly scope: Scope
  readonly typed: Pick<URLSearchParams, 'get'>
}

/** Where nobody typed and nothing is published. The key is the usual one of the UiTPAS, 20/40/40; delivery is judgement. */
const USUAL: PublishedNumbers = { participant: 20, localGovernment: 40, seconds: SECONDS_PER_CHECKIN, deliveryWeeks: 6 }
const BASIS_POINTS_PER_PERCENT = 100
const CENTS_PER_EURO = 100
/** Letters of a field that are looked at. */
const TYPED_LENGTH_MAX = 12
const NUMBER = /^\d{1,7}([.,]\d{1,2})?$/

const SECTION_FIELDS = {
  member: [
    'inhabitants',
    'increasedReimbursement',
    'reach',
    'coverage',
    'ticketsPerHolder',
    'regularPrice',
    'participant',
    'localGovernment',
  ],
  devices: ['peak', 'seconds'],
  cards: ['stock', 'newHolders', 'holders', 'deliveryWeeks'],
} as const satisfies Readonly<Record<string, readonly PlanningFieldId[]>>
export type PlanningSectionId = keyof typeof SECTION_FIELDS

interface Filled {
  readonly fields: Readonly<Record<PlanningFieldId, PlanningField>>
  /** Of fields that hold a number within its bounds. */
  readonly numbers: PublishedNumbers
}

interface Writing {
  readonly words: PlanningWords
  readonly format: Format
  /** Of numbers that stand in a field; whoever types may use either. */
  readonly decimalMark: string
}

/** Everything on it is reckoned here; the browser only prints it. Only published figures go in, and what the reader typed. */
export async function planningPage({ state, scope, typed }: PlanningRequested, sources: PageSources): Promise<PlanningView> {
  const { language } = state
  const writing = { words: planningWords(language), format: formatOf(language), decimalMark: language === 'en' ? '.' : ',' }
  const { title, intro, reckon, missing, assumptions } = writing.words
  const setting = await settingOf({ state, scope }, sources)
  const municipalities = await sources.places.municipalities()
  const candidate = municipalities.find(({ place }) => place === typed.get(CANDIDATE_PARAMETERS.chosen))?.place ?? ''
  const open = setting && candidate !== '' ? await setting.reader.openCounts(candidate, setting.period) : {}
  const published = setting ? await publishedNumbers(setting) : {}
  const filled = fill(typedOf(typed, candidate), { published, open }, writing)
  const collator = new Intl.Collator(language)
  const options = municipalities
    .map(({ place, name }) => ({ value: place, label: name }))
    .toSorted((a, b) => collator.compare(a.label, b.label))
  const { candidate: label, noCandidate } = writing.words
  const choice = { label, value: candidate, options: [{ value: '', label: noCandidate }, ...options] }
  const sections = [
    { ...section('member', memberResults(filled.numbers, writing), { filled, writing }), candidate: choice },
    section('devices', deviceResults(filled.numbers, writing), { filled, writing }),
    section('cards', cardResults(filled.numbers, writing), { filled, writing }),
  ]
  return { language, title, intro, reckon, missing, assumptions, sections }
}

function section(
  id: PlanningSectionId,
  results: readonly KeyFigure[],
  { filled, writing }: { readonly filled: Filled; readonly writing: Writing },
): PlanningSection {
  const { title, intro, formula, assumptions } = writing.words.sections[id]
  return { id, title, intro, formula, assumptions, results, fields: SECTION_FIELDS[id].map((field) => filled.fields[field]) }
}

/** Another municipality has other people: what stood in the fields was of the one before. */
function typedOf(typed: PlanningRequested['typed'], candidate: string): PlanningRequested['typed'] {
  if ((typed.get(CANDIDATE_PARAMETERS.before) ?? '') === candidate) return typed
  const others: readonly string[] = [PLANNING_FIELDS.inhabitants.name, PLANNING_FIELDS.increasedReimbursement.name]
  return { get: (name) => (others.includes(name) ? null : typed.get(name)) }
}

interface Offered {
  /** Of the region. */
  readonly published: PublishedNumbers
  /** Of the municipality that would join. */
  readonly open: PublishedNumbers
}

/** What was typed, else what is known of the municipality, else what is published, else what is usual. */
function fill(typed: PlanningRequested['typed'], { published, open }: Offered, { words, format, decimalMark }: Writing): Filled {
  // `as` holds: the keys of the table are its ids
  const ids = Object.keys(PLANNING_FIELDS) as PlanningFieldId[]
  const all = ids.map((id) => {
    const { name, least, most } = PLANNING_FIELDS[id]
    const offered = open[id] ?? published[id] ?? USUAL[id]
    const shown = offered === undefined ? '' : String(offered).replace('.', decimalMark)
    const text = (typed.get(name) ?? '').trim().slice(0, TYPED_LENGTH_MAX)
    // a form sends every field, also those that nobody touched
    const isTyped = text !== '' && text !== shown
    const number = isTyped ? Number(text.replace(',', '.')) : offered
    const isWrong = isTyped && (!NUMBER.test(text) || number === undefined || number < least || number > most)
    const source = sourceOf(id, { published, open }, words)
    const own = isWrong ? words.wrong({ least: format.count(least), most: format.count(most) }) : words.typed
    const field = { name, isWrong, label: words.fields[id], value: isTyped ? text : shown, note: isTyped ? own : source }
    return { id, field, number: isWrong ? undefined : number }
  })
  const numbers = all.flatMap(({ id, number }): [string, number][] => (number === undefined ? [] : [[id, number]]))
  // `as` holds: there is a field for each id
  const fields = Object.fromEntries(all.map(({ id, field }) => [id, field])) as Filled['fields']
  return { fields, numbers: Object.fromEntries(numbers) }
}

function sourceOf(id: PlanningFieldId, { published, open }: Offered, words: PlanningWords): string {
  if (open[id] !== undefined) return words.openData
  if (published[id] !== undefined) return words.published
  return USUAL[id] !== undefined ? words.usual : words.unknown
}

function memberResults(numbers: PublishedNumbers, { words, format }: Writing): readonly KeyFigure[] {
  const { inhabitants, increasedReimbursement, reach, coverage, ticketsPerHolder, regularPrice } = numbers
  const { participant, localGovernment } = numbers
  if (inhabitants === undefined || increasedReimbursement === undefined || reach === undefined || coverage === undefined)
    return []
  if (ticketsPerHolder === undefined || regularPrice === undefined) return []
  if (participant === undefined || localGovernment === undefined || participant + localGovernment > 100) return []
  const cost = memberCost({
    inhabitants,
    increasedReimbursement,
    ticketsPerHolder,
    reach: reach / 100,
    coverage: coverage / 100,
    regularPriceCents: Math.round(regularPrice * CENTS_PER_EURO),
    participant: Math.round(participant * BASIS_POINTS_PER_PERCENT),
    localGovernment: Math.round(localGovernment * BASIS_POINTS_PER_PERCENT),
  })
  const euro = (cents: number) => format.euro(cents / CENTS_PER_EURO, 0)
  const { results } = words
  return [
    result('cost', results.cost, euro(cost.localGovernmentCents), results.range(euro(cost.lowCents), euro(cost.highCents))),
    result('organizers', results.organizers, euro(cost.organizerCents)),
    result('tickets', results.tickets, format.count(cost.tickets)),
    result('target-holders', results.targetHolders, format.count(cost.targetHolders)),
    result('holders', results.holders, format.count(cost.holders)),
  ]
}

function deviceResults({ peak, seconds }: PublishedNumbers, { words: { results }, format }: Writing): readonly KeyFigure[] {
  if (peak === undefined || seconds === undefined) return []
  const { atPeak, spare } = devicesNeeded({ peakPerMinute: peak, secondsPerCheckin: seconds })
  return [
    result('devices', results.devices, format.count(atPeak)),
    result('spare', results.spare, format.count(spare)),
    result('devices-together', results.together, format.count(atPeak + spare)),
  ]
}

function cardResults(numbers: PublishedNumbers, { words: { results }, format }: Writing): readonly KeyFigure[] {
  const { stock, newHolders, holders, deliveryWeeks } = numbers
  if (stock === undefined || newHolders === undefined || holders === undefined || deliveryWeeks === undefined) return []
  const { cardsAWeek, weeksLeft, isDue, order } = cardForecast({ stock, newHoldersAYear: newHolders, holders, deliveryWeeks })
  return [
    result('order', results.order, format.count(order), isDue ? results.due : results.notDue),
    result('cards-a-week', results.cardsAWeek, format.mean(cardsAWeek)),
    result('weeks-left', results.weeksLeft, weeksLeft === undefined ? '–' : format.count(Math.floor(weeksLeft))),
  ]
}

function result(id: string, label: string, value: string, note = ''): KeyFigure {
  return { id, label, value, note }
}
