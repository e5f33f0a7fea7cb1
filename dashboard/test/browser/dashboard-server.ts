import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Warehouse } from '@zuil/warehouse'
import Fastify from 'fastify'
import { CredentialsUnavailableError, mountDashboard } from '../../src/server/index.ts'
import type { NowFigures, PipelineStatus } from '../../src/server/now/now-source.ts'
import { AFTERNOON, busyFigures, FakeSource } from '../fake-source.ts'
import { MemoryAccounts } from '../memory-accounts.ts'
import { EMPTY_WAREHOUSE, NO_OPERATIONS, NOBODY } from '../no-figures.ts'
import { MemoryReportShelf } from '../report-shelf.ts'
import { SettledSource } from '../settled-region.ts'
import { MemoryAccessLog, SIGN_IN, sessionsAt } from '../sign-in.ts'

/** Figures of a busy afternoon with a watermark that keeps up. */
class LiveSource extends FakeSource {
  readonly #clock: () => number
  lagMs = 700

  constructor(clock: () => number) {
    super(busyFigures(AFTERNOON))
    this.#clock = clock
  }

  override status(): PipelineStatus {
    return { completeUntil: this.#clock() - this.lagMs, waiting: 1204 }
  }

  /** More check-ins at kiosks in Ghent, in the running minute. */
  addCheckins(count: number): void {
    const { totals, channels, venues, minutes, ...rest } = this.figuresNow
    const more = <T extends { checkins: number }>(rows: readonly T[], chosen: (row: T) => boolean) =>
      rows.map((row) => (chosen(row) ? { ...row, checkins: row.checkins + count } : row))
    const running = Math.max(...minutes.map(({ minute }) => minute))
    const figures: NowFigures = {
      ...rest,
      totals: { ...totals, checkins: totals.checkins + count },
      channels: more(channels, ({ channel }) => channel === 'KIOSK'),
      venues: more(venues, ({ nis }) => nis === 44021),
      minutes: more(minutes, ({ minute }) => minute === running),
    }
    this.figuresNow = figures
  }
}

/** A row of the widest table of the page "Beheer". */
const RELEASE = {
  release: 5,
  publishedAt: AFTERNOON,
  state: 'PUBLISHED',
  provisional: 0,
  period: '2025-2026',
  threshold: 10,
  cells: 123_456,
  withheld: 45_678,
  audit: '{}',
  contentHash: '18446744073709551615',
} as const

/** Accounts that nobody has, behind a connection that may be lost. */
class Registry {
  isAway = false

  async account(): Promise<undefined> {
    if (this.isAway) throw new CredentialsUnavailableError('The registry does not answer')
  }
}

/**
 * A server with the real pages, on a free port, in an afternoon that goes on from 14:03:27.
 * @param warehouse with releases, where there are any
 */
export async function startDashboard(warehouse: Pick<Warehouse, 'query'> = EMPTY_WAREHOUSE) {
  const startedAt = performance.now()
  const clock = () => AFTERNOON + Math.round(performance.now() - startedAt)
  const source = new LiveSource(clock)
  const credentials = new Registry()
  const server = Fastify()
  const settlements = new SettledSource()
  const notebookFolder = await mkdtemp(join(tmpdir(), 'zuil-notebook-'))
  await mountDashboard(server, {
    source,
    clock,
    warehouse,
    credentials: { ...NOBODY, account: async () => await credentials.account() },
    signIn: SIGN_IN,
    operations: { ...NO_OPERATIONS, figures: async () => ({ ...(await NO_OPERATIONS.figures()), releases: [RELEASE] }) },
    accounts: new MemoryAccounts([
      { id: 'anna', email: 'anna@example.be', roles: [{ role: 'publiq' }, { role: 'municipality', nis: 44021 }] },
    ]),
    accessLog: new MemoryAccessLog(),
    settlements,
    reportShelf: new MemoryReportShelf(),
    notebookFolder,
    boundariesFolder: join(notebookFolder, 'boundaries'),
    scheduled: { folder: join(notebookFolder, 'papers'), wake: async () => undefined },
  })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  const cookieWithoutRoles = () =>
    sessionsAt(clock)
      .begin({ names: ['anna'] })
      .split(';')[0] ?? ''
  const stop = async () => {
    await server.close()
    await rm(notebookFolder, { recursive: true, force: true })
  }
  return { server, source, settlements, address, clock, credentials, cookieWithoutRoles, [Symbol.asyncDispose]: stop }
}
