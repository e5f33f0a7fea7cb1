import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SIGN_IN_BACK_PATH } from '@zuil/core/contracts/sign-in'
import { placesNow, regionMembers, type Warehouse } from '@zuil/warehouse'
import type { FastifyInstance } from 'fastify'
import { PAGES } from '../lib/pages.ts'
import type { AccessLog } from './access-log/access-log.ts'
import type { AccountSource } from './accounts/account-source.ts'
import { AccountsDesk } from './accounts/accounts-desk.ts'
import { BoundaryBook } from './boundaries/boundary-book.ts'
import { changePage } from './change/change-page.ts'
import { ChartRenderer } from './charts/chart-renderer.ts'
import { DrawingBoard } from './charts/drawing-board.ts'
import { dataApi } from './data-api/data-api.ts'
import type { FigureRoutesOptions } from './data-api/figure-routes.ts'
import { dictionaryView } from './dictionary/dictionary-view.ts'
import { prepareDrawings } from './figures/drawings/figure-picture.ts'
import { PictureShelf } from './figures/drawings/picture-shelf.ts'
import { buildPage } from './figures/page-builder.ts'
import { TitleBook } from './figures/title-book.ts'
import { LiveStreams } from './live-stream/live-streams.ts'
import { type Notebook, notebookRoutes, openNotebook } from './notebook/notebook.ts'
import { NotebookDesk } from './notebook/notebook-desk.ts'
import { ownForms } from './notebook/own-form.ts'
import { NowBoard } from './now/now-board.ts'
import { NowFeed } from './now/now-feed.ts'
import type { NowSource } from './now/now-source.ts'
import { ExactCounts } from './operations/exact-counts.ts'
import { OperationsDesk } from './operations/operations-desk.ts'
import type { OperationsSource } from './operations/operations-source.ts'
import { readPageState } from './pages/page-state.ts'
import { type PageData, type PageHandler, pages } from './pages/pages.ts'
import { type Chooser, Preparation } from './pages/preparation.ts'
import { PaperPress } from './paper/paper-press.ts'
import { planningPage } from './planning/planning-page.ts'
import { ReportDesk } from './report/report-desk.ts'
import { reportForm } from './report/report-form.ts'
import { reportPage } from './report/report-page.ts'
import type { ReportShelf } from './report/report-shelf.ts'
import { type MailSettings, makerMessage } from './schedules/maker-message.ts'
import { reportMaker } from './schedules/report-maker.ts'
import { ScheduleBook } from './schedules/schedule-book.ts'
import { ScheduleDesk } from './schedules/schedule-desk.ts'
import { scheduleForms } from './schedules/schedule-forms.ts'
import { schedulesPage } from './schedules/schedules-page.ts'
import { settlementMaker } from './schedules/settlement-maker.ts'
import { Authentication, type Credentials } from './scope/authentication.ts'
import { FigureReader } from './scope/figure-reader.ts'
import { PlaceBook } from './scope/place-book.ts'
import { Visitors } from './scope/visitors.ts'
import { closingForms } from './settlement/settlement-form.ts'
import { settlementPage } from './settlement/settlement-page.ts'
import { SettlementReader, type SettlementSource } from './settlement/settlement-reader.ts'
import { IdentityProvider } from './sign-in/identity-provider.ts'
import { Sessions } from './sign-in/sessions.ts'
import { type SignInSettings, signInRoutes } from './sign-in/sign-in-routes.ts'
import { NotedEvents } from './workspace/noted-events.ts'
import { openWorkspace, type Workspace, workspaceHandlers } from './workspace/workspace.ts'
import { WorkspaceDesk } from './workspace/workspace-desk.ts'

/** Readers of the live stream at the same time; each costs a connection and some kilobytes. */
export const STREAM_READERS_MAX = 500

export interface DashboardOptions {
  readonly source: NowSource
  /** Where published figures are read; the reading side has a grant on releases, published cells and names of places only. */
  readonly warehouse: Pick<Warehouse, 'query'>
  /** Who may read them. */
  readonly credentials: Credentials
  readonly signIn: SignInSettings
  /** What the page "Beheer" shows. */
  readonly operations: OperationsSource
  /** Where annotations, saved views and locked links are kept; made when it is not there. */
  readonly notebookFolder: string
  /** Where outlines of municipalities are kept. */
  readonly boundariesFolder: string
  /** Whose roles publiq gives and takes. */
  readonly accounts: AccountSource
  /** Of sign-ins and exports. */
  readonly accessLog: AccessLog
  /** Exact settlements, for the role that settles. */
  readonly settlements: SettlementSource
  /** Where forewords and comments of reports are kept. */
  readonly reportShelf: ReportShelf
  readonly scheduled: ScheduledOptions
  /** Epoch ms; the machine's clock by default. */
  readonly clock?: () => number
  /** Default {@link STREAM_READERS_MAX}. */
  readonly streamReadersMax?: number
}

/** Of papers that are made regularly. */
export interface ScheduledOptions {
  /** Where they are kept; made when it is not there. */
  readonly folder: string
  /** Has {@link MountedDashboard.schedules} make soon what is due. */
  readonly wake: () => Promise<void>
  /** Absent: nobody gets a message. */
  readonly mail?: MailSettings
}

/** The pages are not built. `npm run build -w @zuil/dashboard` builds them. */
export class DashboardNotBuiltError extends Error {
  override readonly name = 'DashboardNotBuiltError'
  readonly code = 'DASHBOARD_NOT_BUILT'
}

/**
 * Adds the pages, the data API (`/api/v1`) and the live stream to a server that is not listening yet. Everything ends
 * with the server's `close`.
 * @throws {DashboardNotBuiltError}
 */
export async function mountDashboard(fastify: FastifyInstance, options: DashboardOptions): Promise<MountedDashboard> {
  const { signIn, accessLog, clock = Date.now } = options
  const handler = await loadPages()
  const drawings = new DrawingBoard()
  const charts = new ChartRenderer(drawings)
  await charts.prepare('nl')
  await prepareDrawings(drawings)
  const feed = new NowFeed({
    source: options.source,
    clock,
    onFailure: (error) => fastify.log.warn({ err: error }, 'The figures of now are not available; the last ones stay'),
  })
  const board = new NowBoard(feed, charts)
  const streams = new LiveStreams({
    board,
    clock,
    readersMax: options.streamReadersMax ?? STREAM_READERS_MAX,
    onFailure: (error) => fastify.log.error({ err: error }, 'A picture of the live stream could not be made'),
  })
  // Before the server waits for its connections to end: a live stream never ends by itself.
  fastify.addHook('preClose', async () => streams.close())
  fastify.addHook('onClose', async () => drawings.close())
  const sessions = new Sessions({ key: signIn.key, secure: signIn.publicUrl.protocol === 'https:', clock })
  const press = new PaperPress()
  fastify.addHook('onClose', async () => press.close())
  const counts = new ExactCounts(options.operations, clock)
  const places = new PlaceBook(() => placesNow(options.warehouse), clock)
  const notebook = await openNotebook({ folder: options.notebookFolder, key: signIn.key, places, clock })
  const registry = () => regionMembers(options.warehouse)
  const workspace = await openWorkspace({ folder: options.notebookFolder, places, registry, clock })
  const boundaries = await openBoundaries(options.boundariesFolder, fastify)
  const figures = figureParts(options, { sessions, clock, counts, drawings, press, places, notebook, workspace, boundaries })
  const schedules = await openSchedules(options, figures, fastify)
  await fastify.register(dataApi({ now: { board, streams }, figures: { ...figures, schedules } }), { prefix: '/api/v1' })
  const provider = new IdentityProvider({ ...signIn, redirectUri: new URL(SIGN_IN_BACK_PATH, signIn.publicUrl).href })
  await fastify.register(signInRoutes({ provider, sessions, log: accessLog, settings: signIn, clock }))
  const operations = new OperationsDesk({ source: options.operations, counts, log: accessLog, places: figures.places, clock })
  const accounts = new AccountsDesk({ source: options.accounts, log: accessLog, isBuiltIn: signIn.rolesInRegistry })
  const data: PageData = {
    origin: signIn.publicUrl.origin,
    view: (language) => board.view(language),
    dictionary: dictionaryView,
    figures: (requested) => buildPage(requested, figures.pages),
    change: (requested) => changePage(requested, figures.pages, clock()),
    planning: (requested) => planningPage(requested, figures.pages),
    workspace: (requested) => figures.workspace.view(requested),
    yearlyReport: (requested) => reportPage(requested, figures.reports),
    settlement: (requested) => settlementPage(requested, figures),
    notebook: new NotebookDesk({ notebook, sources: figures.pages, authentication: figures.authentication }),
    accounts: (...asked) => accounts.view(...asked),
    schedules: (requested) => schedulesPage(requested, { schedules, places }),
    operations: (principal, language) => operations.view(principal, language),
    // An issuer that does not answer has no page either; here the session has ended.
    signOutElsewhere: () => provider.endAddress().catch(() => undefined),
    report: (error, reference) => fastify.log.error({ err: error, reference }, 'A page could not be shown'),
  }
  const visitors = new Visitors(figures)
  await fastify.register(reportForm({ reports: figures.reports, visitors, origin: signIn.publicUrl.origin }))
  const own = { visitors, publicUrl: signIn.publicUrl }
  await fastify.register(notebookRoutes(notebook, own))
  const scheduling = scheduleForms({ schedules, accounts: options.accounts, places, clock })
  const kept = { ...accounts.forms, ...workspaceHandlers(workspace), ...scheduling }
  await fastify.register((scope) => ownForms(scope, own, { ...closingForms(figures.settlements), ...kept }))
  await fastify.register(pages({ handler, data, visitors }))
  const preparation = preparationOf(fastify, { visitors, data, settlements: options.settlements, source: options.source })
  const { reports, authentication, figures: reader } = figures
  return { reports, authentication, schedules, boundaries, preparation, figures: reader }
}

interface PreparationParts {
  readonly visitors: Visitors
  readonly data: PageData
  readonly settlements: Pick<SettlementSource, 'prepare'>
  readonly source: Pick<NowSource, 'isBusy'>
}

function preparationOf(fastify: FastifyInstance, { visitors, data, settlements, source }: PreparationParts): Preparation {
  const preparation = new Preparation({
    reader: () => visitors.operator(),
    visit: (url) => fastify.inject({ method: 'GET', url }),
    figures: data.figures,
    others: (reader) => [() => settlements.prepare(), ...firstAnswers(data, reader)],
    isBusy: () => source.isBusy(),
    onFailure: (error) =>
      fastify.log.warn({ err: error }, 'Pages could not be prepared; their first readers wait a little longer'),
  })
  fastify.addHook('preClose', () => preparation.stop())
  return preparation
}

/** What the first readers of the pages without figures wait for. */
function firstAnswers(data: PageData, reader: Chooser): readonly (() => Promise<unknown>)[] {
  const at = (pathname: string) => ({ pathname, searchParams: new URLSearchParams() })
  const { place, period, language } = readPageState(at(PAGES.report.path), reader)
  const principal = { roles: [{ role: 'publiq' }], scope: reader.scope } as const
  return [
    () => data.view(language),
    () => data.operations(principal, language),
    () => data.yearlyReport({ principal, place, period, language, chapters: undefined }),
    () => data.workspace({ principal, state: readPageState(at(PAGES.workspace.path), reader), typed: new URLSearchParams() }),
  ]
}

/** What the composition root asks a mounted dashboard for. */
export interface MountedDashboard {
  readonly reports: ReportDesk
  readonly authentication: Pick<Authentication, 'operatorScope'>
  readonly schedules: Pick<ScheduleDesk, 'makeDue'>
  /** What maps are drawn with, from the next page on. */
  readonly boundaries: Pick<BoundaryBook, 'keep' | 'remove'>
  /** To be told of a new release. */
  readonly figures: Pick<FigureReader, 'forgetReleases'>
  /** To be started when the server listens: it makes first answers as quick as later ones. */
  readonly preparation: Pick<Preparation, 'start'>
}

interface FigureTools {
  readonly sessions: Sessions
  readonly clock: () => number
  readonly counts: ExactCounts
  readonly drawings: DrawingBoard
  readonly press: PaperPress
  readonly places: PlaceBook
  readonly notebook: Notebook
  readonly workspace: Workspace
  readonly boundaries: BoundaryBook
}

interface FigureParts extends Omit<FigureRoutesOptions, 'schedules'> {
  readonly reports: ReportDesk
  readonly press: PaperPress
  readonly workspace: WorkspaceDesk
}

function figureParts(
  { warehouse, credentials, accessLog, settlements, reportShelf, operations }: DashboardOptions,
  { sessions, clock, counts, drawings, press, places, notebook, workspace, boundaries }: FigureTools,
): FigureParts {
  const titles = new TitleBook(warehouse, clock)
  const { targets } = notebook
  const { members, collaboration } = workspace
  const annotations = new NotedEvents({ annotations: notebook.annotations, members, places })
  const kept = { annotations, targets, members, collaboration }
  const shown = { places, titles, boundaries, pictures: new PictureShelf(drawings) }
  const sources = { ...shown, figures: new FigureReader(warehouse, clock, { counts }), ...kept }
  // Without the counts of operators, which are not of a release: the same release and the same words of people make the same report.
  const released = { ...sources, figures: new FigureReader(warehouse, clock, { shelvesOf: sources.figures }) }
  return {
    places,
    clock,
    press,
    annotations,
    pages: sources,
    workspace: new WorkspaceDesk({ workspace, sources, kiosks: () => operations.kiosks(), clock }),
    reports: new ReportDesk({ sources: released, press, shelf: reportShelf }),
    log: accessLog,
    authentication: new Authentication({ credentials, sessions, places, clock }),
    figures: sources.figures,
    settlements: new SettlementReader(settlements),
  }
}

/** Maps are there without outlines, so a file that cannot be read keeps nothing else back. */
async function openBoundaries(folder: string, fastify: FastifyInstance): Promise<BoundaryBook> {
  const book = new BoundaryBook(folder)
  await book.bringUp().catch((error: unknown) => fastify.log.error({ err: error }, 'Maps are drawn without boundaries'))
  return book
}

async function openSchedules(
  { scheduled: { folder, wake, mail }, notebookFolder, accounts, signIn: { publicUrl } }: DashboardOptions,
  { authentication, reports, figures, settlements, press, places, clock }: FigureParts,
  fastify: FastifyInstance,
): Promise<ScheduleDesk> {
  const desk = new ScheduleDesk({
    book: await ScheduleBook.open(notebookFolder),
    folder,
    wake,
    clock,
    makers: {
      report: reportMaker({ reports, figures, authentication }),
      settlement: settlementMaker({ settlements, press, authentication }),
    },
    ...(mail && { tellMaker: makerMessage({ mail, accounts, authentication, places, publicUrl }) }),
    onFailure: (error, { schedule, period }) =>
      fastify.log.error({ err: error, schedule, period }, 'A scheduled paper could not be made, or nobody could be told of it'),
  })
  await desk.bringUp()
  fastify.addHook('preClose', async () => desk.end())
  return desk
}

/** Imported here and not above, because the build need not exist for types, tests and other commands. */
async function loadPages(): Promise<PageHandler> {
  const entry = new URL('../../build/handler.js', import.meta.url)
  if (!existsSync(fileURLToPath(entry))) {
    throw new DashboardNotBuiltError('The dashboard is not built; run: npm run build -w @zuil/dashboard')
  }
  // `as` holds: adapter-node's build exports its handler under this name.
  const { handler } = (await import(entry.href)) as { handler: PageHandler }
  return handler
}
