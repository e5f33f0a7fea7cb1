import { createTransport } from 'nodemailer'
import { formatOf } from '../../lib/format.ts'
import { periodName } from '../../lib/period-name.ts'
import { SCHEDULES_PATH } from '../../lib/schedules-view.ts'
import type { AccountSource } from '../accounts/account-source.ts'
import type { Authentication } from '../scope/authentication.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { mayRead } from './schedule.ts'
import type { TellMaker } from './schedule-desk.ts'
import { placeWithin, schedulesWords } from './schedules-words.ts'

/** A mail server that takes messages of this installation. */
export interface MailSettings {
  /** `smtp://user:password@mail.example:587`, or `smtps://` */
  readonly url: string
  /** Address that messages come from. */
  readonly from: string
}

/** A server that is silent for longer is tried again later. */
const SILENCE_MAX_MS = 10_000

export interface MakerMessageOptions {
  readonly mail: MailSettings
  readonly accounts: Pick<AccountSource, 'named'>
  readonly authentication: Pick<Authentication, 'readerNow'>
  readonly places: Pick<PlaceBook, 'namer'>
  /** Address of the dashboard as people type it. */
  readonly publicUrl: URL
}

/** Sends who made a schedule where its paper is, and no figure of it; nobody, when they read the place no longer. */
export function makerMessage({ mail, accounts, authentication, places, publicUrl }: MakerMessageOptions): TellMaker {
  const silence = { connectionTimeout: SILENCE_MAX_MS, greetingTimeout: SILENCE_MAX_MS, socketTimeout: SILENCE_MAX_MS }
  const post = createTransport({ url: mail.url, ...silence, disableFileAccess: true, disableUrlAccess: true })
  return async (schedule, { period, until }) => {
    const reader = await authentication.readerNow(schedule.by)
    const account = await accounts.named(schedule.by)
    // An account that was removed looks like a registry that is not back yet: it is tried again, and does not get lost unseen.
    if (!reader || !account) throw new Error(`The registry does not know who made schedule ${schedule.id}`)
    if (!mayRead(schedule, reader)) return 'MAY_NOT_READ'
    if (!account.email) return 'NO_ADDRESS'
    const { language, paper, place } = schedule
    const nameOf = placeWithin(language, await places.namer())
    const { subject, text } = schedulesWords(language).message({
      paper,
      place: nameOf(place),
      period: periodName(period, language),
      until: formatOf(language).date(until),
      address: new URL(SCHEDULES_PATH, publicUrl).href,
    })
    await post.sendMail({ from: mail.from, to: account.email, subject, text })
    return 'SENT'
  }
}
