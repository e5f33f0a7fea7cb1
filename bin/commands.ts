import type { Command } from './command.ts'

/** A command before it is loaded: `zuil ingest` shall not load the warehouse's engine, nor `zuil help` anything. */
export interface ListedCommand {
  readonly name: string
  readonly summary: string
  load(): Promise<Command>
}

/** Every command, in the order in which `zuil help` shows them. */
export const commands: readonly ListedCommand[] = [
  {
    name: 'start',
    summary: 'runs everything on this machine: Redis, the UiTPAS API, the pipeline and the dashboard',
    load: async () => (await import('./commands/start.ts')).start,
  },
  {
    name: 'demo',
    summary: 'runs everything with the history of a simulated region, people who check in, and accounts to sign in with',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
  {
    name: 'import',
    summary: 'brings a file of registry entries (passholders, events, organizers …) into the running installation',
    load: async () => (await import('./commands/import.ts')).importRegistry,
  },
  {
    name: 'boundaries',
    summary: 'brings outlines of municipalities (GeoJSON) to the maps of the dashboard, or takes them away',
    load: async () => (await import('./commands/boundaries.ts')).boundaries,
  },
  {
    name: 'tokens',
    summary: 'makes, lists and revokes tokens with which Power BI, Excel or R reads figures',
    load: async () => (await import('./commands/tokens.ts')).tokens,
  },
  {
    name: 'doctor',
    summary: 'checks this machine and its settings, and says what to change',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'publish',
    summary: 'makes a release of the figures of a period that is over, and audits it',
    load: async () => (await import('./commands/publish.ts')).publish,
  },
  {
    name: 'audit',
    summary: 'attacks a release as somebody would who has all of it',
    load: async () => (await import('./commands/audit.ts')).audit,
  },
  {
    name: 'report',
    summary: 'writes the yearly report of a region, municipality or organizer as PDF or workbook',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'settlement',
    summary: 'who owes whom for tickets: statements and expense notes of a period, and closing it',
    load: async () => (await import('./commands/settlement.ts')).settlement,
  },
  {
    name: 'reconcile',
    summary: 'compares journal, archive, warehouse and Redis by content',
    load: async () => (await import('./commands/reconcile.ts')).reconcile,
  },
  {
    name: 'rebuild',
    summary: 'makes the warehouse from the archive, or Redis from warehouse and registry log',
    load: async () => (await import('./commands/rebuild.ts')).rebuild,
  },
  {
    name: 'replay',
    summary: 'loads again what the warehouse refused',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'simulate',
    summary: 'makes the history of a simulated population, of any size and the same every time',
    load: async () => (await import('./commands/simulate.ts')).simulate,
  },
  {
    name: 'load',
    summary: 'plays a busy evening with k6 on an installation, and says whether anything was lost',
    load: async () => (await import('./commands/load.ts')).load,
  },
  {
    name: 'drill',
    summary: 'kills, stops or loses a part of an installation while people check in, and says what became of it',
    load: async () => (await import('./commands/drill.ts')).drill,
  },
  {
    name: 'migrate',
    summary: 'brings the schema of the warehouse up to date',
    load: async () => (await import('./commands/migrate.ts')).migrate,
  },
  {
    name: 'ingest',
    summary: 'runs the UiTPAS API: authenticates, decides, commits, answers',
    load: async () => (await import('./commands/ingest.ts')).ingest,
  },
  {
    name: 'hub',
    summary: 'runs the pipeline and the dashboard; owns the embedded warehouse',
    load: async () => (await import('./commands/hub.ts')).hub,
  },
]
