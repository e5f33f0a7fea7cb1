import type { Language } from './language.ts'

/** Everything a reader sees as a number or a time goes through here, so that page, table, chart and alt text agree. */
export interface Format {
  /** `1.234` */
  count(value: number): string
  /** Share as a percentage with one decimal: `12,3%`. A share of nothing is not a number and gives a dash. */
  share(part: number, whole: number): string
  /** One decimal below ten, none from there on: `8,4`, `42`. */
  mean(value: number): string
  /** `1.234,5`, with so many decimals. */
  decimal(value: number, decimals: number): string
  /** `12,3%`, of a value that is per cent already. */
  percent(value: number, decimals: number): string
  /** `€ 1.250` */
  euro(value: number, decimals: number): string
  /** `nov 26` */
  shortMonth(month: string): string
  /** `sport, cultuur en jeugd` */
  list(texts: readonly string[]): string
  /** Wall clock in Brussels: `14:03`. */
  minute(epochMs: number): string
  /** Wall clock in Brussels: `14:03:27`. */
  second(epochMs: number): string
  /** `zaterdag 21 november 2026`, for a day in Brussels given as `yyyy-mm-dd`. */
  day(day: string): string
  /** `21 november 2026`, the day in Brussels of an instant. */
  date(epochMs: number): string
  /** `21 nov 2026, 14:03` in Brussels. */
  moment(epochMs: number): string
  /** A length of time in words, for lags: `34 seconden`, `5 minuten`, `2 uur`. */
  duration(ms: number): string
}

/** Belgian conventions for each language: `1.234,5` in Dutch, `1 234,5` in French, `1,234.5` in English. */
const LOCALES: Record<Language, string> = { nl: 'nl-BE', fr: 'fr-BE', en: 'en-GB' }
const TIME_ZONE = 'Europe/Brussels'
const formats = new Map<Language, Format>()

/** Building Intl formatters is slow, so there is one set per language. */
export function formatOf(language: Language): Format {
  const known = formats.get(language)
  if (known) return known
  const format = buildFormat(LOCALES[language])
  formats.set(language, format)
  return format
}

function buildFormat(locale: string): Format {
  const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const shares = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const minutes = new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const seconds = new Intl.DateTimeFormat(locale, {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const days = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const dates = new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, day: 'numeric', month: 'long', year: 'numeric' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const shortMonths = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: '2-digit' })
  const moments = new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, dateStyle: 'medium', timeStyle: 'short' })
  return {
    ...numbersOf(locale),
    list: (texts) => lists.format(texts),
    shortMonth: (month) => shortMonths.format(Date.parse(`${month}-01T00:00:00Z`)),
    count: (value) => counts.format(value),
    share: (part, whole) => (whole > 0 ? shares.format(part / whole) : '–'),
    mean: (value) => (value < 10 ? tenths : counts).format(value),
    minute: (epochMs) => minutes.format(epochMs),
    second: (epochMs) => seconds.format(epochMs),
    day: (day) => days.format(Date.parse(`${day}T00:00:00Z`)),
    date: (epochMs) => dates.format(epochMs),
    moment: (epochMs) => moments.format(epochMs),
    duration: (ms) => durationOf(ms, locale),
  }
}

/** Numbers with as many decimals as their basis bears. */
function numbersOf(locale: string): Pick<Format, 'decimal' | 'percent' | 'euro'> {
  const made = new Map<string, Intl.NumberFormat>()
  const numbers = (decimals: number, style: Intl.NumberFormatOptions) => {
    const key = `${style.style} ${decimals}`
    const known = made.get(key)
    if (known) return known
    const format = new Intl.NumberFormat(locale, { ...style, minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    made.set(key, format)
    return format
  }
  return {
    decimal: (value, decimals) => numbers(decimals, { style: 'decimal' }).format(value),
    percent: (value, decimals) => numbers(decimals, { style: 'percent' }).format(value / 100),
    euro: (value, decimals) => numbers(decimals, { style: 'currency', currency: 'EUR' }).format(value),
  }
}

function durationOf(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [value, unit] =
    seconds < 120
      ? ([seconds, 'second'] as const)
      : seconds < 7200
        ? ([Math.round(seconds / 60), 'minute'] as const)
        : ([Math.round(seconds / 3600), 'hour'] as const)
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** Keeps "check-in" and "0–11" on one line in large type: a word joiner after each hyphen and dash within a word. */
export function unbroken(text: string): string {
  return text.replaceAll(/[-–](?=\S)/g, '$&\u2060')
}
