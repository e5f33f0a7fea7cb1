import { parseReportingPeriod } from '@zuil/core'
import { DIMENSIONS, type DimensionId, type Estimate, type Measure, type Unit } from '@zuil/warehouse'
import { type Format, formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import { figureMessagesOf } from '../../messages/figures/figure-languages.ts'
import type { FigureMessages } from '../../messages/figures/figure-messages.ts'
import type { BoundaryMap } from '../boundaries/boundary-book.ts'
import type { Point } from '../scope/place-book.ts'
import type { Category } from './figure-data.ts'
import type { Axis } from './page-description.ts'

/** Names and points that only the registry knows. */
export interface RegistryNames {
  /** Of a place as figures name it. */
  readonly place: (place: string) => string
  /** Where municipalities are, by NIS code. */
  readonly points: ReadonlyMap<number, Point>
  /** Their outlines, as fine as a map of so many of them shows; none until somebody imported them. */
  readonly boundaries?: (municipalities: number) => BoundaryMap
}

/** Where the names of rows and columns come from. */
interface Named {
  readonly measure: Measure
  /** Of events and rewards. */
  readonly titles?: ReadonlyMap<string, string> | undefined
}

/** Amounts below a hundred euro are said with two decimals or none. */
const CENTS = 2
const NO_BOUNDARIES: BoundaryMap = new Map()

/** Turns ids and estimates into what a reader sees, in one language. */
export class FigureWriting {
  readonly language: Language
  readonly words: FigureMessages
  readonly format: Format
  /** Of every municipality, with its NIS code. */
  readonly points: readonly (Point & { readonly nis: number })[]
  readonly #names: RegistryNames

  constructor(language: Language, names: RegistryNames) {
    this.language = language
    this.words = figureMessagesOf(language)
    this.format = formatOf(language)
    this.points = [...names.points].map(([nis, point]) => ({ nis, ...point }))
    this.#names = names
  }

  /** `23,4%`, `12 procentpunt`, `€ 1.250`; words where nothing may be said. */
  estimate(estimate: Estimate | undefined, unit: Unit, threshold: number): string {
    if (!estimate) return ''
    if (estimate.status === 'withheld') return this.words.status.short(threshold)
    if (estimate.status === 'na') return this.words.status.na
    if (estimate.status === 'structural_zero') return this.words.status.none
    return this.value(estimate.value, unit, estimate.decimals)
  }

  /** Between which values the true one lies, as far as rounding goes: `120 tot 130`. */
  bounds(estimate: Estimate | undefined, unit: Unit): string {
    if (estimate?.status !== 'ok') return '–'
    const text = (value: number) => this.value(value, unit, estimate.decimals)
    return estimate.high === undefined
      ? this.words.atLeast(text(estimate.low))
      : this.words.between(text(estimate.low), text(estimate.high))
  }

  value(value: number, unit: Unit, decimals: number): string {
    const { units } = this.words
    const number = this.format.decimal(value, decimals)
    switch (unit) {
      case 'PERCENT':
        return this.format.percent(value, decimals)
      case 'PERCENTAGE_POINTS':
        return units.PERCENTAGE_POINTS(number)
      case 'EURO':
        return this.format.euro(value, decimals > 0 ? CENTS : 0)
      case 'PER_1000':
        return units.PER_1000(number)
      case 'PER_HOUR':
      case 'INDEX':
      case 'POINTS':
      case 'COUNT':
      case 'RATIO':
      case 'MEAN':
      case 'MEDIAN':
      case 'MINUTES':
      case 'PER_MINUTE':
      case 'PER_SECOND':
        return number
    }
  }

  pointOf(nis: number): Point | undefined {
    return this.#names.points.get(nis)
  }

  /** Outlines by NIS code for a map of so many municipalities; those that it has not are dots. */
  boundaries(municipalities: number): BoundaryMap {
    return this.#names.boundaries?.(municipalities) ?? NO_BOUNDARIES
  }

  place(place: string): string {
    return place === 'all' ? this.words.allPlaces : this.#names.place(place)
  }

  /** `2025`, `4e kwartaal 2025`, `november 2025`, `seizoen 2024–2025`. */
  period(key: string): string {
    return periodName(key, this.language)
  }

  /** The same where there is little room: `K4 ’25`, `nov 25`, `24–25`. */
  shortPeriod(key: string): string {
    const period = parseReportingPeriod(key)
    const [year = '', rest = ''] = key.split('-')
    if (period?.kind === 'QUARTER') return this.words.shortQuarter(Number(rest.slice(1)), year)
    if (period?.kind === 'MONTH') return this.format.shortMonth(key)
    return period?.kind === 'SEASON' ? `${year.slice(2)}–${rest.slice(2)}` : key
  }

  /** Name of a row or column along an axis. */
  category(axis: Axis, key: string, { measure, titles }: Named): Category {
    const spoken = titles?.get(key) ?? this.#spoken(axis, key, measure)
    return { key, spoken, label: capital(spoken) }
  }

  #spoken(axis: Axis, key: string, measure: Measure): string {
    if (axis === 'figure') return measure.figures.find(({ id }) => id === key)?.names[this.language] ?? key
    if (axis === 'place') return this.place(key)
    if (axis === 'period' || axis === 'cohort') return this.period(key)
    if (axis === 'series') return key
    return this.#member(axis, key)
  }

  /** Head of the column with the names of the rows. */
  axis(axis: Axis): string {
    const { axes } = this.words
    if (axis === 'figure' || axis === 'place' || axis === 'period' || axis === 'cohort' || axis === 'series') return axes[axis]
    return capital(DIMENSIONS[axis].names[this.language])
  }

  #member(dimension: DimensionId, member: string): string {
    const known = DIMENSIONS[dimension].memberNames[member]?.[this.language]
    if (known !== undefined) return known
    if (dimension === 'destination' || dimension === 'origin') return this.#names.place(`municipality:${member}`)
    if (dimension === 'age' || dimension === 'age-coarse') return this.words.age(member.replace('-', '–'))
    if (dimension === 'frequency') return this.words.times(member.replace('-', '–'))
    if (dimension === 'hour') return this.words.hour(member)
    if (dimension === 'quarters-since') return `+${member}`
    return member
  }
}

/** As it stands within a sentence; an abbreviation keeps its capitals. */
export function uncapital(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
