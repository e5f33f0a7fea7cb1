import { redirect } from '@sveltejs/kit'
import { addressOf, choiceOf } from '../lib/address.ts'
import { mayOpen, PAGE_IDS, pageEntry } from '../lib/pages.ts'
import type { PageServerLoad } from './$types'

/** Everybody lands on their own first page, which opens at their own place. */
export const load: PageServerLoad = ({ locals, url }) => {
  const roles = locals.principal?.roles ?? []
  const own = PAGE_IDS.find((id) => pageEntry(id).roles !== undefined && mayOpen(id, roles)) ?? 'now'
  redirect(303, addressOf(pageEntry(own).path, choiceOf(url.searchParams)))
}
