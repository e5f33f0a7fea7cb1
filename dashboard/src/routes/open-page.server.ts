import { error, redirect } from '@sveltejs/kit'
import { mayOpen, pageOf } from '../lib/pages.ts'
import { type PageState, readPageState } from '../server/pages/page-state.ts'
import type { PageVisit } from '../server/pages/pages.ts'
import type { Principal } from '../server/scope/principal.ts'

/** What of a request the door of the pages looks at. */
interface PageEvent {
  readonly platform: Readonly<App.Platform> | undefined
  readonly locals: App.Locals
  readonly url: URL
}

export interface OpenedPage {
  /** What the page can ask of the process it runs in. */
  readonly data: PageVisit
  readonly principal: Principal | null
  readonly state: PageState
}

/**
 * The door of every page: who may not open it is sent to sign in, or told so with 403. Call it first in a page's `load`; what
 * it gives is within the reader's scope.
 */
export function openPage({ platform, locals, url }: PageEvent): OpenedPage {
  const data = platform?.req.zuil
  if (!data) error(500, 'These pages are shown by mountDashboard only')
  const { principal } = locals
  const page = pageOf(url.pathname)
  if (page !== undefined && !mayOpen(page, principal?.roles ?? [])) {
    if (locals.isUnavailable) error(503, 'It cannot be said now who signed in')
    if (principal === null) redirect(303, signInAddress(url))
    error(403, 'This page is for others')
  }
  return { data, principal, state: readPageState(url, principal) }
}

function signInAddress({ pathname, search }: URL): string {
  return `/aanmelden?${new URLSearchParams({ naar: `${pathname}${search}` })}`
}
