/** Seconds between two people at one device: pass out, tone, next one. Judgement, not measured; count it at your own door. */
export const SECONDS_PER_CHECKIN = 6
/** Part of its time that a device may be taken in the busiest minute; above it a queue grows faster than it melts. Judgement. */
export const DEVICE_BUSY_MAX = 0.8
/** A device stands by for each started number of these at one door. Judgement. */
export const DEVICES_PER_SPARE = 10

/** Check-ins in the busiest week for one in a mean week: a festival, the first day of the holidays. Judgement. */
export const BUSIEST_WEEK = 3
/** Check-ins in the busiest minute for one in a mean minute of its hour: people come when doors open. Judgement. */
export const BUSIEST_MINUTE = 2

/** The busiest minute that an hour of the week lets one expect, of check-ins that were counted over so many weeks. */
export function peakOfHour({ checkins, weeks }: { readonly checkins: number; readonly weeks: number }): number {
  return ((checkins / weeks) * BUSIEST_WEEK * BUSIEST_MINUTE) / 60
}

export interface DoorLoad {
  /** Check-ins in the busiest minute at one door. */
  readonly peakPerMinute: number
  /** Default {@link SECONDS_PER_CHECKIN}. */
  readonly secondsPerCheckin?: number
}

export interface DevicesNeeded {
  readonly atPeak: number
  readonly spare: number
}

/** Devices for one door. Nobody at the door needs none. */
export function devicesNeeded({ peakPerMinute, secondsPerCheckin = SECONDS_PER_CHECKIN }: DoorLoad): DevicesNeeded {
  const atPeak = Math.ceil((peakPerMinute * secondsPerCheckin) / (60 * DEVICE_BUSY_MAX))
  return { atPeak, spare: Math.ceil(atPeak / DEVICES_PER_SPARE) }
}
