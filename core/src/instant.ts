const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|z|[+-]\d{2}:?\d{2})?$/

/** The form in which devices write it, in UTC. */
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/

/** Epoch ms of an ISO 8601 date and time; without an offset it is UTC, as in the official examples. Undefined: not one. */
export function parseInstant(text: string): number | undefined {
  if (UTC.test(text)) {
    const instant = Date.parse(text)
    return Number.isNaN(instant) ? undefined : instant
  }
  const match = INSTANT.exec(text)
  if (!match) return undefined
  const [, day = '', time = '', zone = 'Z'] = match
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  const instant = Date.parse(`${day}T${time}${offset}`)
  return Number.isNaN(instant) ? undefined : instant
}

/** `2026-03-14T18:42:07+00:00`, as the UiTPAS API writes instants. */
export function formatInstant(instant: number): string {
  const second = Math.floor(instant / SECOND_MS)
  // What is answered happened now, and a second has thousands of answers.
  if (second !== lastSecond) {
    lastText = `${new Date(instant).toISOString().slice(0, 19)}+00:00`
    lastSecond = second
  }
  return lastText
}

const SECOND_MS = 1_000
let lastSecond = Number.NaN
let lastText = ''
