import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ChangeView } from '../../lib/change-view.ts'
import type { DictionaryView } from '../../lib/dictionary-view.ts'
import type { FigurePageView } from '../../lib/figure/figure-view.ts'
import type { Language } from '../../lib/language.ts'
import type { NowView } from '../../lib/now-view.ts'
import type { OperationsView } from '../../lib/operations-view.ts'
import type { PlanningView } from '../../lib/planning-view.ts'
import type { SchedulesView } from '../../lib/schedules-view.ts'
import type { SettlementView } from '../../lib/settlement/settlement-view.ts'
import type { AccountsDesk } from '../accounts/accounts-desk.ts'
import type { ChangeRequested } from '../change/change-page.ts'
import type { PageRequested } from '../figures/page-builder.ts'
import type { NotebookDesk } from '../notebook/notebook-desk.ts'
import type { PlanningRequested } from '../planning/planning-page.ts'
import type { ReportPageRequested, ReportPageView } from '../report/report-page.ts'
import type { SchedulesRequested } from '../schedules/schedules-page.ts'
import type { Principal } from '../scope/principal.ts'
import type { Visitors } from '../scope/visitors.ts'
import type { SettlementPageRequested } from '../settlement/settlement-page.ts'
import type { WorkspaceDesk } from '../workspace/workspace-desk.ts'

/** What a page can ask of the process it runs in. */
export interface PageData {
  /** By which people reach the pages, for addresses that are given away: what runs them takes every request for https. */
  readonly origin: string
  view(language: Language): Promise<NowView>
  dictionary(language: Language): DictionaryView
  /** A page of published figures, within the scope of its reader. */
  figures(requested: PageRequested): Promise<FigurePageView>
  /** The report of a place that its reader reads. */
  yearlyReport(requested: ReportPageRequested): Promise<ReportPageView>
  /** Exact amounts, of what the reader settles; noted before they are given. @throws {WarehouseError} */
  settlement(requested: SettlementPageRequested): Promise<SettlementView>
  /** Before and after a change in a place, within the scope of its reader. */
  change(requested: ChangeRequested): Promise<ChangeView>
  /** What a region reckons with: from its published figures, and what its reader typed. */
  planning(requested: PlanningRequested): Promise<PlanningView>
  /** What a region and its municipalities keep of working together. */
  readonly workspace: WorkspaceDesk['view']
  /** For those who may open the page. @throws {WarehouseError} */
  operations(principal: Pick<Principal, 'roles'>, language: Language): Promise<OperationsView>
  /** Roles of accounts, for those who may open the page. @throws {CredentialsUnavailableError} */
  readonly accounts: AccountsDesk['view']
  /** What is made regularly, for who reads its place. */
  schedules(requested: SchedulesRequested): Promise<SchedulesView>
  /** What people keep: annotations, views, locked links. */
  readonly notebook: Pick<NotebookDesk, 'annotations' | 'views' | 'savedAddress' | 'locked'>
  /** Where somebody who signed out here ends the session at the issuer, too; undefined when there is no such page. */
  signOutElsewhere(): Promise<string | undefined>
  /** Logs an error of a page under the reference that the reader was given. */
  report(error: unknown, reference: string): void
}

/** The same, for one request. */
export interface PageVisit extends PageData {
  /**
   * Who signed in; null for everybody else.
   * @throws {CredentialsUnavailableError} @throws {WarehouseError}
   */
  principal(): Promise<Principal | null>
}

/**
 * The built pages are a module graph of their own, so they cannot import what this process holds. adapter-node gives them
 * the incoming request as `event.platform.req`: that is the door, and each mounted dashboard hands its own data through it.
 */
export interface PageRequest extends IncomingMessage {
  zuil?: PageVisit
}

export type PageHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface PagesOptions {
  readonly handler: PageHandler
  readonly data: PageData
  readonly visitors: Pick<Visitors, 'principalOf'>
}

/** Every address that no other route has is a page's, a file of theirs, or a page that says that it does not exist. */
export function pages({ handler, data, visitors }: PagesOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.route({
      method: ['GET', 'HEAD'],
      url: '/*',
      handler: (request, reply) => {
        reply.hijack()
        // Files bypass the pages' own headers, and a type that is guessed is a door.
        reply.raw.setHeader('x-content-type-options', 'nosniff')
        reply.raw.setHeader('cross-origin-resource-policy', 'same-origin')
        const raw: PageRequest = request.raw
        raw.zuil = { ...data, principal: () => visitors.principalOf(request.headers.cookie) }
        handler(raw, reply.raw, () => {
          reply.raw.statusCode = 404
          reply.raw.end()
        })
      },
    })
  }
}
