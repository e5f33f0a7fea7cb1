import { CommandError, EXIT } from '../command.ts'

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 }

/** Seconds of a duration as in 30s, 5m, 1h. @throws {CommandError} naming the option and what it may be */
export function durationSeconds(name: string, text: string, most: number): number {
  const [, number = '', unit = ''] = /^(\d{1,5})(s|m|h)$/.exec(text) ?? []
  const seconds = Number(number) * (UNITS[unit] ?? 0)
  if (seconds >= 1 && seconds <= most) return seconds
  throw new CommandError(
    `--${name} is "${text}": give seconds, minutes or hours up to ${most / 3_600} hours, as in 30s, 5m, 1h.`,
    EXIT.usage,
  )
}

/** @throws {CommandError} naming the option and what it may be */
export function whole(name: string, text: string, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value
  throw new CommandError(`--${name} is "${text}": give a whole number from 1 to ${most}.`, EXIT.usage)
}
