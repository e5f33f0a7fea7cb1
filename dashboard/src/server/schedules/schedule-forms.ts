import { SCHEDULE_FIELDS, SCHEDULES_PATH, type ScheduleFault } from '../../lib/schedules-view.ts'
import type { AccountSource } from '../accounts/account-source.ts'
import { backTo, type FormHandler } from '../notebook/own-form.ts'
import { CredentialsUnavailableError } from '../scope/authentication.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import { mayRead, scheduleOf } from './schedule.ts'
import type { ScheduleDesk } from './schedule-desk.ts'
import { mayRemove } from './schedules-page.ts'

export interface ScheduleFormsOptions {
  readonly schedules: ScheduleDesk
  readonly accounts: Pick<AccountSource, 'named'>
  readonly places: Pick<PlaceBook, 'regions'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** What people do on the page "Gepland"; each form leads back to it. */
export function scheduleForms(options: ScheduleFormsOptions): Readonly<Record<string, FormHandler>> {
  const { schedules, places } = options
  const idIn = (form: URLSearchParams) => form.get(SCHEDULE_FIELDS.id) ?? ''
  const leadBack = (form: URLSearchParams, fault?: ScheduleFault) =>
    backTo(SCHEDULES_PATH, form, fault && { [SCHEDULE_FIELDS.fault]: fault })
  return {
    [`${SCHEDULES_PATH}/bewaar`]: async (form, principal) => leadBack(form, await keep(form, principal, options)),
    [`${SCHEDULES_PATH}/verwijder`]: async (form, principal) => {
      const schedule = schedules.schedule(idIn(form))
      if (!schedule || !mayRemove(schedule, principal, await places.regions())) return leadBack(form, 'paper')
      await schedules.remove(schedule.id)
      return leadBack(form)
    },
    [`${SCHEDULES_PATH}/opnieuw`]: async (form, principal) => {
      const paper = schedules.paper(idIn(form))
      const schedule = paper && schedules.schedule(paper.schedule)
      const isAsked = schedule && mayRead(schedule, principal) && (await schedules.again(paper.id))
      return leadBack(form, isAsked ? undefined : 'paper')
    },
  }
}

async function keep(
  form: URLSearchParams,
  principal: Principal,
  { schedules, accounts, clock }: ScheduleFormsOptions,
): Promise<ScheduleFault | undefined> {
  const draft = scheduleOf(form, principal, clock())
  if (typeof draft === 'string') return draft
  if (draft.mail && !(schedules.mayTell && (await hasAddress(principal.account, accounts)))) return 'mail'
  return (await schedules.keep(draft, principal.account)) ? undefined : 'full'
}

async function hasAddress(account: string, accounts: Pick<AccountSource, 'named'>): Promise<boolean> {
  try {
    return ((await accounts.named(account))?.email ?? '') !== ''
  } catch (error) {
    // whether there is one cannot be said now
    if (error instanceof CredentialsUnavailableError) return false
    throw error
  }
}
