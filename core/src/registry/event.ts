import Type, { type Static } from 'typebox'
import type { Event, PeriodLimit } from '../event.ts'
import { isEntityId } from '../identifiers.ts'
import { PERIOD_TYPES } from '../period.ts'
import { DEFAULT_PROGRAMME, type Programme, UITPAS } from '../programme.ts'
import { CalendarShape, calendarOf } from './calendar.ts'
import type { RegistryContext } from './context.ts'
import { EventCardSystemShape } from './event-settings.ts'
import { EntityId, type Faults, LIST_LENGTH_MAX, ProgrammeName, parserOf, Text } from './shape.ts'

/** Terms of UiTdatabank that one event may carry; only its type and theme are read. */
const TERMS_MAX = 200

const Translated = Type.Union([Text, Type.Record(Type.String(), Text)])
const Reference = Type.Object({ '@id': Type.Optional(Text), id: Type.Optional(EntityId) })

const Limit = Type.Object({
  volume: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  periodType: Type.Enum([...PERIOD_TYPES]),
})

/** What UiTPAS knows of the event: `EventSettings` and the card systems of the official API, and the programme. */
const UitpasShape = Type.Object({
  settings: Type.Optional(
    Type.Object({
      checkinPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
      checkinLimit: Type.Optional(Limit),
      passholderTicketLimit: Type.Optional(Limit),
    }),
  ),
  cardSystems: Type.Optional(Type.Array(EventCardSystemShape, { maxItems: LIST_LENGTH_MAX })),
  checkinCode: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Ours: tickets at the social tariff for all passholders together. */
  ticketsMax: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  programme: Type.Optional(ProgrammeName),
})

const Place = Type.Object({
  ...Reference.properties,
  name: Type.Optional(Translated),
  address: Type.Optional(Type.Unknown()),
})

/** An event of UiTdatabank (JSON-LD), as far as it is read; other members are ignored. */
const Shape = Type.Object({
  ...Reference.properties,
  ...CalendarShape.properties,
  mainLanguage: Type.Optional(Text),
  name: Translated,
  status: Type.Optional(Type.Object({ type: Text })),
  terms: Type.Optional(Type.Array(Type.Object({ id: Text, domain: Type.Optional(Text) }), { maxItems: TERMS_MAX })),
  location: Type.Optional(Place),
  organizer: Type.Optional(Reference),
  workflowStatus: Type.Optional(Type.Enum(['DRAFT', 'READY_FOR_VALIDATION', 'APPROVED', 'REJECTED', 'DELETED'])),
  uitpas: Type.Optional(UitpasShape),
})
type Document = Static<typeof Shape>

/** An event as the registry takes it in; the dense number is given out there. */
export interface EventEntry {
  readonly event: Omit<Event, 'number'>
  /** What kiosks show as a QR code; absent: none was sent. */
  readonly checkinCode?: string
}

/** An event from UiTdatabank, or the faults of the document. */
export const eventFromUitdatabank = parserOf(Shape, (document, faults, context: RegistryContext): EventEntry => {
  const { location, terms = [], workflowStatus = 'APPROVED', uitpas = {} } = document
  const language = document.mainLanguage ?? 'nl'
  const organizer = idOf(document.organizer, '/organizer', faults)
  const address = addressOf(location?.address, language)
  const programme = programmeOf(document, faults, context)
  const term = (domain: string) => terms.find((candidate) => candidate.domain === domain)?.id ?? ''
  const event = {
    id: idOf(document, '', faults),
    title: textOf(document.name, language),
    organizer,
    location: location ? idOf(location, '/location', faults) : '',
    locationName: location?.name === undefined ? '' : textOf(location.name, language),
    venueNis: context.nisOf(address.postalCode, address.town),
    type: term('eventtype'),
    theme: term('theme'),
    calendar: calendarOf(document, faults),
    workflowStatus,
    available: document.status?.type !== 'Unavailable',
    cardSystems: enabledCardSystems(uitpas.cardSystems, ofProgramme(context.cardSystemsOf(organizer), programme, context)),
    programme: programme.id,
    ...manualKeysOf(uitpas.cardSystems),
    ...settingsOf(document, programme),
    ...(uitpas.ticketsMax !== undefined && { ticketsMax: uitpas.ticketsMax }),
  }
  return uitpas.checkinCode === undefined ? { event } : { event, checkinCode: uitpas.checkinCode }
})

/** The rules of the event's programme; what is enabled for the event must be of it. */
function programmeOf({ uitpas = {} }: Document, faults: Faults, { programmes }: RegistryContext): Programme {
  const { programme: id = DEFAULT_PROGRAMME, cardSystems = [] } = uitpas
  const programme = programmes.programme(id)
  if (!programme) faults.add('/uitpas/programme', 'The data must name a programme of the registry.')
  for (const [index, { id: cardSystem, enabled }] of cardSystems.entries()) {
    if (!enabled || programmes.programmeOf(cardSystem) === id) continue
    faults.add(`/uitpas/cardSystems/${index}/id`, `The card system is not of programme ${id}.`)
  }
  return programme ?? UITPAS
}

function ofProgramme(cardSystems: readonly number[], { id }: Programme, { programmes }: RegistryContext): readonly number[] {
  return cardSystems.filter((cardSystem) => programmes.programmeOf(cardSystem) === id)
}

type Settings = Pick<Event, 'checkinPoints' | 'checkinLimit' | 'passholderTicketLimit'>

/** Settings are complete when they are there: a limit that is missing in them is no limit. */
function settingsOf({ uitpas, calendarType }: Document, programme: Programme): Settings {
  const settings = uitpas?.settings
  if (!settings) {
    const { checkinPoints, checkinLimit } = programme
    return { checkinPoints, ...defaultLimits(calendarType), ...(checkinLimit && { checkinLimit }) }
  }
  const { checkinPoints, checkinLimit, passholderTicketLimit } = settings
  return {
    checkinPoints,
    ...(checkinLimit && { checkinLimit: limitOf(checkinLimit) }),
    ...(passholderTicketLimit && { passholderTicketLimit: limitOf(passholderTicketLimit) }),
  }
}

/** publiq's defaults for each type of calendar. */
function defaultLimits(calendarType: Document['calendarType']): {
  checkinLimit: PeriodLimit
  passholderTicketLimit: PeriodLimit
} {
  const isPlanned = calendarType === 'single' || calendarType === 'multiple'
  return {
    checkinLimit: { volume: 1, period: isPlanned ? 'DAY' : 'WEEK' },
    passholderTicketLimit: { volume: 1, period: calendarType === 'permanent' ? 'WEEK' : 'ABSOLUTE' },
  }
}

function limitOf({ volume, periodType }: Static<typeof Limit>): PeriodLimit {
  return { volume, period: periodType }
}

function enabledCardSystems(
  listed: readonly { id: number; enabled: boolean }[] | undefined,
  ofOrganizer: readonly number[],
): readonly number[] {
  if (!listed) return ofOrganizer
  return [...new Set(listed.filter(({ enabled }) => enabled).map(({ id }) => id))].sort((a, b) => a - b)
}

/** Manual distribution keys that are enabled, in card systems that are. */
function manualKeysOf(listed: readonly Static<typeof EventCardSystemShape>[] = []): Pick<Event, 'manualKeys'> {
  const keys = listed.flatMap(({ enabled, manualDistributionKeys = [] }) => (enabled ? manualDistributionKeys : []))
  const ids = new Set(keys.filter(({ enabled }) => enabled).map(({ id }) => id))
  return ids.size > 0 ? { manualKeys: [...ids].sort((a, b) => a - b) } : {}
}

/** The last part of `@id`, or the bare `id`; a fault when there is none. */
function idOf(reference: Static<typeof Reference> | undefined, pointer: string, faults: Faults): string {
  const id = reference?.['@id']?.split('/').at(-1) || reference?.id || ''
  if (!isEntityId(id)) faults.add(`${pointer}/@id`, 'The data must end with the id of the entity.')
  return id
}

/** The text in a language, else in Dutch, else in any. */
function textOf(text: Static<typeof Translated>, language: string): string {
  if (typeof text === 'string') return text
  return text[language] ?? text.nl ?? Object.values(text)[0] ?? ''
}

/** UiTdatabank writes an address per language; older documents write it directly. */
function addressOf(address: unknown, language: string): { postalCode: string; town: string } {
  const members = membersOf(address)
  const direct = 'postalCode' in members ? members : membersOf(members[language] ?? members.nl ?? Object.values(members)[0])
  return { postalCode: String(direct.postalCode ?? ''), town: String(direct.addressLocality ?? '') }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  // An object of unknown members is what a record of unknown values says.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
