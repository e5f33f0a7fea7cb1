import { statfs } from 'node:fs/promises'
import { entityKey } from '@zuil/core/contracts/redis-keys'
import { type RedisMemory, readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { Redis } from 'ioredis'
import { type Command, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { demoHint, requireDataFolder, runningOwner } from '../data-folder.ts'
import { DEMO_APP } from '../demo/demo-record.ts'
import { directiveOf } from '../redis-process.ts'

interface Finding {
  readonly level: 'ok' | 'warning' | 'error'
  readonly text: string
}

const FREE_BYTES_MIN = 5_000_000_000
const NODE_MAJOR_MIN = 22

export const doctor: Command = {
  help: [
    'Usage: npm run zuil -- doctor',
    '',
    'Checks Node, the data folder, free space, Redis (append-only file, fsync, eviction, memory), and credentials that everybody knows.',
    '',
    'Exit codes: 0 nothing to change (warnings may stand), 1 something must change.',
  ].join('\n'),
  async run() {
    const settings = readSettings()
    const findings = [checkNode(), ...(await checkDataFolder(settings)), ...(await checkRedis(settings))]
    for (const finding of findings) say(`${finding.level.padEnd(8)} ${finding.text}`)
    return findings.some((finding) => finding.level === 'error') ? EXIT.found : EXIT.ok
  },
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= NODE_MAJOR_MIN) return { level: 'ok', text: `Node ${process.versions.node}` }
  return {
    level: 'error',
    text: `Node ${process.versions.node} is too old: start through npm (npm run zuil -- doctor), which brings its own.`,
  }
}

async function checkDataFolder(settings: Settings): Promise<Finding[]> {
  try {
    await requireDataFolder(settings.data)
  } catch (error) {
    return [{ level: 'error', text: error instanceof Error ? error.message : String(error) }]
  }
  const disk = await statfs(settings.data)
  const free = disk.bavail * disk.bsize
  const gigabytes = (free / 1e9).toFixed(1)
  const owner = await runningOwner(settings.data)
  return [
    {
      level: 'ok',
      text: `Data folder ${settings.data}${owner ? `, in use by process ${owner}` : `, not running.${await demoHint(settings.data)}`}`,
    },
    free >= FREE_BYTES_MIN
      ? { level: 'ok', text: `${gigabytes} GB free` }
      : { level: 'warning', text: `Only ${gigabytes} GB free: below 2 GB loading stops. Make room or move ZUIL_DATA.` },
  ]
}

async function checkRedis(settings: Settings): Promise<Finding[]> {
  const redis = new Redis(settings.redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
  })
  redis.on('error', () => undefined) // reported once, below
  try {
    await redis.connect()
  } catch {
    const hint = settings.embeddedRedis ? 'it starts with npm start; run the doctor again then' : 'check ZUIL_REDIS_URL'
    return [
      { level: settings.embeddedRedis ? 'warning' : 'error', text: `Redis at ${settings.redisUrl} does not answer: ${hint}.` },
    ]
  }
  try {
    return [...(await checkDurability(redis)), ...(await checkKnownCredentials(redis, settings))]
  } finally {
    redis.disconnect()
  }
}

/** What Zuil's promises rest on, by the name of the directive. */
const REQUIRED = [
  { directive: 'appendonly', value: 'yes', why: 'without it an answer 201 is not on disk' },
  { directive: 'appendfsync', value: 'always', why: 'with everysec a power cut loses what was answered in the last second' },
  { directive: 'maxmemory-policy', value: 'noeviction', why: 'any other policy throws balances away when memory is short' },
] as const

async function checkDurability(redis: Redis): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { directive, value, why } of REQUIRED) {
    const actual = await directiveOf(redis, directive)
    findings.push(
      actual === value
        ? { level: 'ok', text: `Redis ${directive} ${value}` }
        : { level: 'error', text: `Redis ${directive} is "${actual}": set it to "${value}" (${why}).` },
    )
  }
  findings.push(roomFinding(readRedisMemory(await redis.info('memory'))))
  return findings
}

/** Share of its memory that Redis may use before the doctor speaks up; above 80 % ingest takes neither batches nor entries of the registry. */
const ROOM_SHARE_MAX = 0.7

export function roomFinding({ used, bound }: RedisMemory): Finding {
  if (bound === 0) {
    return {
      level: 'warning',
      text: 'Redis maxmemory is not set: set it below the memory of the machine, so that a flood ends in 503 and not in a kill.',
    }
  }
  const room = `Redis uses ${megabytes(used)} of ${megabytes(bound)} MB`
  if (used <= ROOM_SHARE_MAX * bound) return { level: 'ok', text: room }
  return {
    level: 'warning',
    text: `${room}: give it more (ZUIL_REDIS_MEMORY; maxmemory of a Redis of your own). Nothing is taken once it is full.`,
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}

/** What everybody knows the password of: the app of the sample comes with two people, that of the demo with one of each kind. */
const KNOWN_CLIENTS = [
  {
    what: 'Sample credentials',
    names: ['sample-client', 'sample-app'],
    remove: 'start on a fresh data folder with ZUIL_SAMPLE=no',
  },
  { what: 'Accounts of the demo', names: [DEMO_APP], remove: 'start on a data folder of its own, not on that of the demo' },
] as const

async function checkKnownCredentials(redis: Redis, settings: Settings): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { what, names, remove } of KNOWN_CLIENTS) {
    const present = await redis.hmget(entityKey('clients'), ...names)
    const found = names.filter((_, index) => present[index] !== null).join(', ')
    if (found === '') continue
    const text = `${what} (${found}) are active: they belong to trying out; before real use ${remove}.`
    findings.push({ level: settings.embeddedRedis ? 'warning' : 'error', text })
  }
  return findings
}
