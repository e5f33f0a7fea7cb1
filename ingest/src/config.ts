import { resolve } from 'node:path'
import type { Grace, ProblemCode } from '@zuil/core'
import { LANES_MAX } from '@zuil/core/contracts/redis-keys'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'

/** What ingest needs of the settings. This file is the only one in ingest that reads the environment. */
export interface Config {
  /** Folder that holds everything of this installation; ingest reads `keys/` below it. */
  readonly data: string
  readonly host: string
  readonly port: number
  readonly redisUrl: string
  readonly lanes: number
  /** Connections for commits: one call in flight on each. */
  readonly commitConnections: number
  /** 64 hexadecimal digits; empty: `data/keys/installation.key`. */
  readonly secret: string
  /** URL of the issuer of tokens; empty: the built-in one. */
  readonly issuer: string
  /** Claims of a foreign issuer's tokens that may name the account of a person. */
  readonly personClaims: readonly string[]
  /** What clients call this API by; the built-in issuer and the links in answers need it. */
  readonly publicUrl: string
  /** What people reach the dashboard by; the built-in issuer sends them back there. */
  readonly dashboardUrl: string
  /** Where the hub answers internal reads. */
  readonly internalUrl: string
  /** Elapsed time around an event in which points may be saved. */
  readonly grace: Grace
  /** How the problem of a number that is none is spelled on check-ins, tariffs and ticket sales. */
  readonly numberProblem: NumberProblem
  readonly logLevel: LogLevel
}

/** The official documents have both; live answers have the first. */
const NUMBER_PROBLEMS = ['invalid-uitpas-number', 'invalid-uitpasnumber'] as const satisfies readonly ProblemCode[]
export type NumberProblem = (typeof NUMBER_PROBLEMS)[number]

const MINUTE_MS = 60_000
/** A day: longer, and windows of the days of a library would be one. */
const GRACE_MINUTES_MAX = 24 * 60
const grace = { standard: '300', pattern: '^\\d{1,4}$', meaning: `minutes, from 0 to ${GRACE_MINUTES_MAX}` }

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** A setting that cannot be used; the message names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'setting-invalid'
  readonly setting: string

  constructor(setting: string, message: string) {
    super(message)
    this.setting = setting
  }
}

const port = (standard: number) => ({ standard: String(standard), pattern: '^\\d{1,5}$', meaning: 'a port from 0 to 65535' })

/** Each setting with its default, the text it must match and that in words. */
const SETTINGS = {
  ZUIL_DATA: { standard: 'data', pattern: '^.{1,1024}$', meaning: 'a folder' },
  ZUIL_HOST: { standard: '127.0.0.1', pattern: '^[0-9A-Za-z:.-]{1,255}$', meaning: 'an address or host name to listen on' },
  ZUIL_INGEST_PORT: port(8081),
  ZUIL_INTERNAL_PORT: port(8082),
  ZUIL_DASHBOARD_PORT: port(8080),
  ZUIL_DASHBOARD_URL: { standard: '', pattern: '^(https?://.{1,1000})?$', meaning: 'a URL, or empty for this host' },
  ZUIL_INTERNAL_URL: { standard: '', pattern: '^(https?://.{1,1000})?$', meaning: 'a URL, or empty for this host' },
  ZUIL_PUBLIC_URL: { standard: '', pattern: '^(https?://.{1,1000})?$', meaning: 'a URL, or empty for this host' },
  ZUIL_REDIS_URL: { standard: 'redis://127.0.0.1:6390', pattern: '^(rediss?|unix)://.{1,1000}$', meaning: 'a redis:// URL' },
  ZUIL_LANES: { standard: '1', pattern: '^\\d{1,3}$', meaning: `a number from 1 to ${LANES_MAX}` },
  // While one micro-batch is on its way to the disk the next can form; with four they become small and cost more.
  ZUIL_COMMIT_CONNECTIONS: { standard: '2', pattern: '^[1-8]$', meaning: 'a number from 1 to 8' },
  ZUIL_SECRET: {
    standard: '',
    pattern: '^([0-9a-fA-F]{64})?$',
    meaning: '64 hexadecimal digits, or empty for data/keys/installation.key',
  },
  ZUIL_ISSUER: { standard: '', pattern: '^(https?://.{1,1000})?$', meaning: 'a URL, or empty for the built-in issuer' },
  ZUIL_PERSON_CLAIMS: {
    // As publiq's issuer has them: the id of an older account, and that of the new one.
    standard: 'https://publiq.be/uitidv1id,sub',
    pattern: '^[!-+\\--~]{1,200}(,[!-+\\--~]{1,200}){0,4}$',
    meaning: 'one to five names of claims with commas between them',
  },
  ZUIL_GRACE_BEFORE: grace,
  ZUIL_GRACE_AFTER: grace,
  ZUIL_NUMBER_PROBLEM: {
    standard: 'invalid-uitpas-number',
    pattern: `^(${NUMBER_PROBLEMS.join('|')})$`,
    meaning: `one of ${NUMBER_PROBLEMS.join(', ')}`,
  },
  ZUIL_LOG_LEVEL: { standard: 'info', pattern: `^(${LOG_LEVELS.join('|')})$`, meaning: `one of ${LOG_LEVELS.join(', ')}` },
} as const
type Setting = keyof typeof SETTINGS

/** Their values are never shown: a secret, a URL with a password. */
const SECRET_SETTINGS: ReadonlySet<string> = new Set(['ZUIL_SECRET', 'ZUIL_REDIS_URL'])

const SettingsSchema = Type.Record(Type.String(), Type.String())
type Environment = Static<typeof SettingsSchema>

/** @throws {ConfigError} naming the setting that cannot be used. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const settings: Environment = {}
  for (const [name, { standard, pattern, meaning }] of Object.entries(SETTINGS)) {
    const text = environment[name] || standard
    if (!Check(Type.String({ pattern }), text)) throw unusable(name, text, meaning)
    settings[name] = text
  }
  // Every name of SETTINGS was just given a text.
  const value = (name: Setting) => settings[name] as string
  const number = (name: Setting, least: number, most: number) => {
    const parsed = Number(value(name))
    if (parsed >= least && parsed <= most) return parsed
    throw unusable(name, value(name), SETTINGS[name].meaning)
  }
  const ingestPort = number('ZUIL_INGEST_PORT', 0, 65_535)
  return {
    data: resolve(value('ZUIL_DATA')),
    host: value('ZUIL_HOST'),
    port: ingestPort,
    redisUrl: value('ZUIL_REDIS_URL'),
    lanes: number('ZUIL_LANES', 1, LANES_MAX),
    commitConnections: number('ZUIL_COMMIT_CONNECTIONS', 1, 8),
    secret: value('ZUIL_SECRET'),
    issuer: value('ZUIL_ISSUER'),
    personClaims: value('ZUIL_PERSON_CLAIMS').split(','),
    publicUrl: value('ZUIL_PUBLIC_URL') || `http://127.0.0.1:${ingestPort}`,
    dashboardUrl: value('ZUIL_DASHBOARD_URL') || `http://127.0.0.1:${number('ZUIL_DASHBOARD_PORT', 0, 65_535)}`,
    internalUrl: value('ZUIL_INTERNAL_URL') || `http://127.0.0.1:${number('ZUIL_INTERNAL_PORT', 0, 65_535)}`,
    grace: {
      beforeMs: number('ZUIL_GRACE_BEFORE', 0, GRACE_MINUTES_MAX) * MINUTE_MS,
      afterMs: number('ZUIL_GRACE_AFTER', 0, GRACE_MINUTES_MAX) * MINUTE_MS,
    },
    // The patterns admit these words only.
    numberProblem: value('ZUIL_NUMBER_PROBLEM') as NumberProblem,
    logLevel: value('ZUIL_LOG_LEVEL') as LogLevel,
  }
}

function unusable(name: string, text: string, meaning: string): ConfigError {
  const shown = SECRET_SETTINGS.has(name) ? `${text.length} characters that do not fit` : `"${text}"`
  return new ConfigError(name, `${name} is ${shown}: give ${meaning}, or leave it out.`)
}
