import { resolve } from 'node:path'
import { CommandError, EXIT } from './command.ts'

/** What the composition root needs of the settings; each service reads its own in its config.ts. */
export interface Settings {
  /** Folder that holds everything: redis, warehouse, archive, registry-log, dead-letters, keys. */
  readonly data: string
  readonly host: string
  readonly ingestPort: number
  readonly dashboardPort: number
  /** By which people reach the dashboard. */
  readonly dashboardUrl: string
  /** The dashboard as an issuer of your own knows it; without a secret it is a public client. */
  readonly dashboardClient: { readonly id: string; readonly secret: string }
  readonly internalPort: number
  readonly ingestProcesses: number
  readonly lanes: number
  readonly redisUrl: string
  /** True when the Redis is ours to start: no ZUIL_REDIS_URL was given. */
  readonly embeddedRedis: boolean
  readonly redisPort: number
  /** Text for Redis' `maxmemory`. */
  readonly redisMemory: string
  /** Empty: the embedded warehouse. */
  readonly clickhouseUrl: string
  readonly clickhouseDatabase: string
  /** The same server, as an account that reads what is published and nothing else; empty: that of `clickhouseUrl`. */
  readonly clickhouseReaderUrl: string
  /** Mail server for messages about scheduled reports, and the address they come from; an empty URL: none are sent. */
  readonly smtp: { readonly url: string; readonly from: string }
  /** 64 hexadecimal digits; empty: data/keys/installation.key. */
  readonly secret: string
  /** As it was given; without it each service has its own default. */
  readonly logLevel: string | undefined
  /** Whether the sample registry is loaded at the first start. */
  readonly sample: boolean
}

const INGEST_PROCESSES_MAX = 16
const URL_LENGTH_MAX = 1_000

export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const redisPort = port(environment, 'ZUIL_REDIS_PORT', 6390)
  const redisUrl = environment.ZUIL_REDIS_URL ?? ''
  const dashboardPort = port(environment, 'ZUIL_DASHBOARD_PORT', 8080)
  return {
    data: resolve(environment.ZUIL_DATA || 'data'),
    host: environment.ZUIL_HOST || '127.0.0.1',
    ingestPort: port(environment, 'ZUIL_INGEST_PORT', 8081),
    dashboardPort,
    dashboardUrl: url(environment, 'ZUIL_DASHBOARD_URL') || `http://127.0.0.1:${dashboardPort}`,
    dashboardClient: {
      id: environment.ZUIL_DASHBOARD_CLIENT || 'zuil-dashboard',
      secret: environment.ZUIL_DASHBOARD_CLIENT_SECRET ?? '',
    },
    internalPort: port(environment, 'ZUIL_INTERNAL_PORT', 8082),
    ingestProcesses: integer(environment, 'ZUIL_INGEST_PROCESSES', { standard: 1, least: 1, most: INGEST_PROCESSES_MAX }),
    lanes: integer(environment, 'ZUIL_LANES', { standard: 1, least: 1, most: 256 }),
    redisUrl: redisUrl || `redis://127.0.0.1:${redisPort}`,
    embeddedRedis: redisUrl === '',
    redisPort,
    redisMemory: pattern(environment, 'ZUIL_REDIS_MEMORY', { standard: '2gb', pattern: /^\d{1,6}(kb|mb|gb)$/i }),
    clickhouseUrl: environment.ZUIL_CLICKHOUSE_URL ?? '',
    clickhouseDatabase: pattern(environment, 'ZUIL_CLICKHOUSE_DATABASE', { standard: 'zuil', pattern: /^[a-z][a-z0-9_]{0,62}$/ }),
    clickhouseReaderUrl: environment.ZUIL_CLICKHOUSE_READER_URL ?? '',
    smtp: smtp(environment),
    secret: environment.ZUIL_SECRET ?? '',
    logLevel: environment.ZUIL_LOG_LEVEL
      ? pattern(environment, 'ZUIL_LOG_LEVEL', { standard: 'info', pattern: /^(fatal|error|warn|info|debug|trace|silent)$/ })
      : undefined,
    sample: pattern(environment, 'ZUIL_SAMPLE', { standard: 'yes', pattern: /^(yes|no)$/ }) === 'yes',
  }
}

function port(environment: NodeJS.ProcessEnv, name: string, standard: number): number {
  return integer(environment, name, { standard, least: 1, most: 65_535 })
}

/** Empty when it is not set. */
function url(environment: NodeJS.ProcessEnv, name: string): string {
  const text = environment[name] ?? ''
  if (text === '' || (/^https?:$/.test(URL.parse(text)?.protocol ?? '') && text.length <= URL_LENGTH_MAX)) return text
  throw new CommandError(`${name} is "${text}": give a URL that begins with http:// or https://, or leave it out.`, EXIT.usage)
}

/** Its password never stands in a message. */
function smtp(environment: NodeJS.ProcessEnv): Settings['smtp'] {
  const { ZUIL_SMTP_URL: text = '', ZUIL_SMTP_FROM: from = '' } = environment
  if (text !== '' && !/^smtps?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new CommandError('ZUIL_SMTP_URL is no URL that begins with smtp:// or smtps://: mend it, or leave it out.', EXIT.usage)
  if (text !== '' && !/^[^\s@]+@[^\s@]+$/.test(from))
    throw new CommandError(`ZUIL_SMTP_FROM is "${from}": give the e-mail address that messages come from.`, EXIT.usage)
  return { url: text, from }
}

interface IntegerRule {
  readonly standard: number
  readonly least: number
  readonly most: number
}

function integer(environment: NodeJS.ProcessEnv, name: string, rule: IntegerRule): number {
  const text = environment[name]
  if (text === undefined || text === '') return rule.standard
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= rule.least && value <= rule.most) return value
  throw new CommandError(
    `${name} is "${text}": give a whole number from ${rule.least} to ${rule.most}, or leave it out for ${rule.standard}.`,
    EXIT.usage,
  )
}

interface PatternRule {
  readonly standard: string
  readonly pattern: RegExp
}

function pattern(environment: NodeJS.ProcessEnv, name: string, rule: PatternRule): string {
  const text = environment[name] || rule.standard
  if (rule.pattern.test(text)) return text
  throw new CommandError(`${name} is "${text}": it must match ${rule.pattern}; leave it out for "${rule.standard}".`, EXIT.usage)
}
