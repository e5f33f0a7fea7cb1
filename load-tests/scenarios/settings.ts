import type { Options } from 'k6/options'

/** What `zuil load` tells a scenario; k6 has it as variables of the environment. */
const environment: Readonly<Record<string, string | undefined>> = __ENV

/** Address of the UiTPAS API and of the dashboard, without a slash at the end. */
export const api = needed('ZUIL_API')
export const dashboard = environment.ZUIL_DASHBOARD ?? ''
/** Folder with the files of the stage, with a slash at the end. */
export const castFolder = needed('ZUIL_CAST')
/** Requests a second at the peak, and how long the whole takes. */
export const rate = Number(needed('ZUIL_RATE'))
export const seconds = Number(needed('ZUIL_SECONDS'))
/** Different for each run: keys of requests begin with it. */
export const run = needed('ZUIL_RUN')
/** How long a device asks for an answer. */
export const patienceMs = Number(environment.ZUIL_PATIENCE_MS ?? 60_000)

/** Each of them holds one request; one that is slow holds one for as long as it takes. */
const CARRIERS_MIN = 20
const CARRIERS_MAX = 1_000

/** Those who carry requests at a rate: from the start enough for answers of half a second, later for longer ones. */
export function carriers(perSecond: number): { readonly preAllocatedVUs: number; readonly maxVUs: number } {
  const preAllocatedVUs = Math.min(CARRIERS_MAX / 2, Math.max(CARRIERS_MIN, Math.ceil(perSecond / 2)))
  return { preAllocatedVUs, maxVUs: CARRIERS_MAX }
}

/** What holds whatever happens: nobody is left without an answer, and everything refused has a known reason. */
export const sparePromises: Readonly<Record<string, string[]>> = {
  zuil_unexplained: ['count==0'],
  zuil_gave_up: ['count==0'],
  zuil_other_answer: ['count==0'],
}

/** What scenarios promise beside their own: nobody stays away because everybody before is still waiting. */
export const promises: Readonly<Record<string, string[]>> = { ...sparePromises, dropped_iterations: ['count==0'] }

/** What all scenarios are run with: percentiles as they are published, and as few labels as the thresholds need. */
export const common = {
  summaryTrendStats: ['min', 'med', 'p(95)', 'p(99)', 'p(99.9)', 'max', 'count'],
  systemTags: ['status'],
  setupTimeout: '60s',
} satisfies Options

function needed(name: string): string {
  const value = environment[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set: "npm run zuil -- load" does that`)
  return value
}
