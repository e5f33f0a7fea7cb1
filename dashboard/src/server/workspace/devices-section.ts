import { DAY_MS, devicesNeeded, peakOfHour } from '@zuil/core'
import { DIMENSIONS, type InstalledKiosk } from '@zuil/warehouse'
import type { TableView } from '../../lib/table-view.ts'
import {
  type EntryFormView,
  WORKSPACE_FIELDS as FIELDS,
  VENUE_NAME_MAX,
  type WorkspaceSection,
} from '../../lib/workspace/workspace-view.ts'
import { type FigureSetting, publishedFor } from '../figures/figure-setting.ts'
import { slugOf } from '../notebook/saved-views.ts'
import type { KeptVenue } from './device-book.ts'
import {
  byLabel,
  choiceField,
  columnsOf,
  hidden,
  keptOf,
  optionsOf,
  plainFormOf,
  sectionOf,
  typedField,
  type WorkspaceSetting,
} from './workspace-setting.ts'

/** A building with what stands there: kiosks of the registry, and what people typed in. */
export interface VenueDevices {
  /** `municipality:73107`, or the region where the registry does not say in which municipality it is. */
  readonly place: string
  /** Empty where the registry does not know it. */
  readonly venue: string
  readonly kiosks: number
  /** Epoch ms at which one of them was heard of last; 0: not in four weeks; absent where it has none. */
  readonly lastAt?: number
  readonly readers: number
  /** Check-ins of the busiest minute, counted at the door. */
  readonly peak?: number
  /** Devices that the peak needs, those that stand by included. */
  readonly needed?: number
}

/** The busiest published hour of a municipality, and what it lets expect. */
interface BusiestHour {
  readonly municipality: string
  readonly weekday: string
  readonly hour: string
  readonly checkinsAWeek: number
  readonly peak: number
  readonly needed: number
}

/** Municipalities whose devices a place has: its members, or itself. */
export function municipalitiesHere({
  place,
  region,
  members,
}: Pick<WorkspaceSetting, 'place' | 'region' | 'members'>): readonly string[] {
  return place === region ? [...new Set(members.map(({ municipality }) => municipality))] : [place]
}

/** What there is, beside what the busiest minute asks. */
export async function devicesSection(setting: WorkspaceSetting, kiosks: readonly InstalledKiosk[]): Promise<WorkspaceSection> {
  const { words, format, writer, nameOf, workspace } = setting
  const municipalities = municipalitiesHere(setting)
  const venues = venueDevices(setting, kiosks)
  const readers = venues.reduce((sum, venue) => sum + venue.readers, 0)
  const writable = municipalities.filter((one) => writer.mayWrite(one))
  const own = workspace.devices.of(writable)
  const { devices } = words
  const removable = own.map(({ id, place, venue, readers: count }) => ({
    id,
    text: devices.line({ venue, municipality: nameOf(place), readers: format.count(count) }),
  }))
  const here = kiosksHere(setting, kiosks)
  const heard = here.filter(({ lastAt }) => lastAt > 0).length
  return sectionOf('devices', setting, {
    keyFigures: [
      { id: 'kiosks', label: devices.kiosks, value: format.count(here.length), note: '' },
      { id: 'heard', label: devices.heard, value: format.count(heard), note: devices.heardNote },
      { id: 'readers', label: devices.readers, value: format.count(readers), note: devices.readersNote },
    ],
    tables: [venuesTable(venues, setting), ...(await hoursTables(venues, setting))].filter(({ rows }) => rows.length > 0),
    forms: writable.length > 0 ? [venueForm(writable, setting)] : [],
    ...keptOf('toestellen/verwijder', devices.kept, removable),
    explained: devices.explained,
  })
}

/** Kiosks of the region's card system, of a municipality those that stand there. */
function kiosksHere({ place, region }: WorkspaceSetting, kiosks: readonly InstalledKiosk[]): readonly InstalledKiosk[] {
  return kiosks.filter(({ cardSystem, nis }) =>
    place === region ? `region:${cardSystem}` === region : `municipality:${nis}` === place,
  )
}

/** Every building that the registry or somebody knows, by municipality and name. */
export function venueDevices(setting: WorkspaceSetting, kiosks: readonly InstalledKiosk[]): readonly VenueDevices[] {
  const { workspace, place, nameOf } = setting
  const venues = new Map<string, VenueDevices>()
  for (const { nis, venue, lastAt } of kiosksHere(setting, kiosks)) {
    const at = nis === 0 ? place : `municipality:${nis}`
    const key = `${at} ${slugOf(venue)}`
    const before = venues.get(key) ?? { place: at, venue, kiosks: 0, readers: 0 }
    venues.set(key, { ...before, kiosks: before.kiosks + 1, lastAt: Math.max(before.lastAt ?? 0, lastAt) })
  }
  for (const kept of workspace.devices.of(municipalitiesHere(setting))) {
    const before = venues.get(kept.id) ?? { place: kept.place, venue: kept.venue, kiosks: 0, readers: 0 }
    venues.set(kept.id, { ...before, readers: kept.readers, ...peakOf(kept) })
  }
  const sortedBy = ({ place: at, venue }: VenueDevices) => `${nameOf(at)} ${venue}`
  return [...venues.values()].toSorted((a, b) => sortedBy(a).localeCompare(sortedBy(b), setting.language))
}

function peakOf({ peak }: KeptVenue): Pick<VenueDevices, 'peak' | 'needed'> {
  return peak === undefined ? {} : { peak, needed: neededAt(peak) }
}

function neededAt(peakPerMinute: number): number {
  const { atPeak, spare } = devicesNeeded({ peakPerMinute })
  return atPeak + spare
}

function venuesTable(venues: readonly VenueDevices[], { words, format, nameOf, now }: WorkspaceSetting): TableView {
  const { caption, columns, heards, unknownVenue } = words.devices
  const heardOf = (lastAt: number | undefined) =>
    lastAt === undefined ? words.none : lastAt === 0 ? heards.never : now - lastAt < DAY_MS ? heards.day : heards.weeks
  const count = (value: number | undefined) => (value === undefined ? words.none : format.count(value))
  const rows = venues.map((one) => ({
    key: `${one.place} ${one.venue}`,
    cells: [
      one.venue || unknownVenue,
      nameOf(one.place),
      count(one.kiosks),
      heardOf(one.lastAt),
      count(one.readers),
      count(one.peak),
      count(one.needed),
      differenceOf(one, { words, format }),
    ],
  }))
  return { caption, columns: columnsOf(columns, [2, 4, 5, 6]), rows }
}

function differenceOf(
  { kiosks, readers, needed }: VenueDevices,
  { words, format }: Pick<WorkspaceSetting, 'words' | 'format'>,
): string {
  if (needed === undefined) return words.none
  const short = needed - kiosks - readers
  return short > 0 ? words.devices.short(format.count(short)) : words.devices.enough
}

/** What published hours let expect of each municipality, as if all came in by one door. */
async function hoursTables(venues: readonly VenueDevices[], setting: WorkspaceSetting): Promise<readonly TableView[]> {
  const { words, format, nameOf, figures } = setting
  if (!figures) return []
  const { period, hours } = await busiestHours(figures, municipalitiesHere(setting))
  const { hoursCaption, hoursColumns, hour } = words.devices
  const rows = hours.map((one) => {
    const here = venues.filter(({ place }) => place === one.municipality)
    const present = here.reduce((sum, { kiosks, readers }) => sum + kiosks + readers, 0)
    const weekday = DIMENSIONS.weekday.memberNames[one.weekday]?.[setting.language] ?? one.weekday
    const cells = [
      nameOf(one.municipality),
      hour({ weekday, hour: one.hour }),
      format.mean(one.checkinsAWeek),
      format.mean(one.peak),
      format.count(one.needed),
      format.count(present),
    ]
    return { key: one.municipality, cells }
  })
  return [{ caption: hoursCaption(period), columns: columnsOf(hoursColumns, [2, 3, 4, 5]), rows }]
}

/** Of each municipality the hour of the week with most published check-ins; those of which none is published are left out. */
async function busiestHours(
  setting: FigureSetting,
  municipalities: readonly string[],
): Promise<{ readonly period: string; readonly hours: readonly BusiestHour[] }> {
  const published = publishedFor({ periods: ['QUARTER', 'YEAR'] }, setting)
  const places = municipalities.filter((place) => setting.scope.mayRead(place))
  if (!published || places.length === 0) return { period: '', hours: [] }
  const { release, period } = published
  const dimensions = [{ id: 'weekday' }, { id: 'hour' }]
  const cells = await setting.reader.cells(setting.scope, {
    release: release.release,
    cube: 'venue-hours',
    columns: ['checkins'],
    dimensions,
    places,
  })
  const weeks = (period.lastDay - period.firstDay + 1) / 7
  const hours = places.flatMap((municipality): BusiestHour[] => {
    const own = cells.filter(({ place, status }) => place === municipality && status === 'ok')
    const most = own.reduce<(typeof own)[number] | undefined>(
      (best, one) => (best && best.value >= one.value ? best : one),
      undefined,
    )
    if (!most) return []
    const [weekday = '', hour = ''] = most.members
    const peak = peakOfHour({ checkins: most.value, weeks })
    return [{ municipality, weekday, hour, checkinsAWeek: most.value / weeks, peak, needed: neededAt(peak) }]
  })
  return { period: setting.writing.period(period.key), hours }
}

function venueForm(writable: readonly string[], setting: WorkspaceSetting): EntryFormView {
  const { form: said } = setting.words.devices
  const options = byLabel(optionsOf(writable, setting.nameOf), setting.language)
  const [only, ...others] = options
  return plainFormOf('devices', setting, {
    action: 'toestellen',
    title: said.title,
    fields: [
      others.length === 0 && only
        ? hidden(FIELDS.member, only.value)
        : choiceField({ name: FIELDS.member, label: said.municipality, options }),
      typedField('text', { name: FIELDS.venue, label: said.venue, lengthMax: VENUE_NAME_MAX }),
      typedField('number', { name: FIELDS.readers, label: said.readers }),
      typedField('number', { name: FIELDS.peak, label: said.peak, isRequired: false }),
    ],
  })
}
