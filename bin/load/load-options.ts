import { parseArgs } from 'node:util'
import { SCENARIOS, type Scenario, type ScenarioName } from '@zuil/load-tests/scenarios/catalogue'
import { CommandError, EXIT } from '../command.ts'
import { durationSeconds, whole } from './option-values.ts'

export interface LoadOptions {
  readonly name: ScenarioName
  readonly scenario: Scenario
  readonly rate: number
  readonly seconds: number
  readonly holders: number
  /** Folder for the page, the JSON and JUnit; undefined: the standard one. */
  readonly report: string | undefined
  /** File of an earlier verdict. */
  readonly compare: string | undefined
  /** Address of the API of a target; empty: an installation of our own. */
  readonly url: string
  /** The installation that runs with these settings. */
  readonly isRunning: boolean
}

const RATE_MAX = 100_000
const SECONDS_MAX = 7_200
const HOLDERS_MAX = 2_000_000

/** @throws {CommandError} that says which option is wrong and what it may be */
export function parseLoadOptions(args: readonly string[]): LoadOptions {
  const { values, positionals } = parsed(args)
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) throw usage('Name one scenario')
  if (!isScenario(name)) throw usage(`There is no scenario "${name}"`)
  const scenario = SCENARIOS[name]
  const rate = whole('rate', values.rate ?? String(scenario.rate), RATE_MAX)
  const seconds = durationSeconds('duration', values.duration ?? `${scenario.seconds}s`, SECONDS_MAX)
  if (values.url !== undefined && values.running === true) throw usage('Give --url or --running, not both')
  return {
    name,
    scenario,
    rate,
    seconds,
    holders: values.holders === undefined ? holdersFor(scenario, rate * seconds) : whole('holders', values.holders, HOLDERS_MAX),
    report: values.report,
    compare: values.compare,
    url: (values.url ?? '').replace(/\/+$/, ''),
    isRunning: values.running === true,
  }
}

/** So many that nobody has to come to the same door twice, and at least those of the scenario. */
function holdersFor({ holders, doors }: Scenario, requests: number): number {
  return Math.min(HOLDERS_MAX, Math.max(holders, Math.ceil((requests / doors.most) * 1.1)))
}

function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name)
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rate: { type: 'string' },
        duration: { type: 'string' },
        holders: { type: 'string' },
        report: { type: 'string' },
        compare: { type: 'string' },
        url: { type: 'string' },
        running: { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause))
  }
}

function usage(problem: string): CommandError {
  return new CommandError(`${problem}: "npm run zuil -- load --help" lists scenarios and options.`, EXIT.usage)
}
