import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { brusselsDay, formatDay, parseDay } from '@zuil/core'
import { dataTokenText } from '@zuil/core/registry/data-token'
import { AccountBook, type DataToken, DataTokenBook } from '@zuil/ingest'
import { Redis } from 'ioredis'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { putEntry } from '../registry-import.ts'
import { installationSecrets } from '../secrets.ts'

const USAGE = 'npm run zuil -- tokens list | create --account <id> --name <text> [--expires <yyyy-mm-dd>] | revoke <token id>'

/** Without letters that look alike; 5 bits each, so 12 letters name a token and 32 hold 160 random bits. */
const LETTERS = 'abcdefghijkmnopqrstuvwxyz2345678'
const ID_LETTERS = 12
const SECRET_LETTERS = 32

export const tokens: Command = {
  help: [
    `Usage: ${USAGE}`,
    '',
    'Tokens with which Power BI, Excel or R reads figures (docs/data-api.md) on behalf of an account, and never more than it',
    'may. A token is shown once, when it is made; what is kept is a keyed hash. A revoked token ends at once.',
    '',
    'Exit codes: 0 done, 1 no such token or account, 2 wrong use, 3 the installation cannot be reached.',
  ].join('\n'),
  async run(args) {
    const { values, positionals } = parsed(args)
    const [verb, id, ...rest] = positionals
    const settings = readSettings()
    if (verb === 'list' && id === undefined) return await withRedis(settings, list)
    if (verb === 'create' && id === undefined) return await withRedis(settings, (redis) => create(settings, redis, values))
    if (verb === 'revoke' && id !== undefined && rest.length === 0)
      return await withRedis(settings, (redis) => revoke(settings, redis, id))
    throw new CommandError(`Usage: ${USAGE}`, EXIT.usage)
  },
}

interface Wanted {
  readonly account?: string
  readonly name?: string
  readonly expires?: string
}

async function list(redis: Redis, settings: Settings): Promise<number> {
  const known = await new DataTokenBook(redis, installationSecrets(settings)).all()
  for (const token of known.toSorted((a, b) => (a.id < b.id ? -1 : 1))) say(lineOf(token))
  say(`${known.length} ${known.length === 1 ? 'token' : 'tokens'}.`)
  return EXIT.ok
}

async function create(settings: Settings, redis: Redis, { account = '', name = '', expires = '' }: Wanted): Promise<number> {
  if (account === '' || name === '') throw new CommandError(`A token has an account and a name: ${USAGE}`, EXIT.usage)
  if (expires !== '' && (parseDay(expires) ?? 0) < brusselsDay(Date.now()))
    throw new CommandError(`--expires is ${expires}: give a day from ${formatDay(brusselsDay(Date.now()))} on.`, EXIT.usage)
  const owner = await new AccountBook(redis, installationSecrets(settings)).byId(account)
  if (!owner || owner.roles.length === 0) {
    say(`No account ${account} that reads figures: give it roles first (docs/people.md).`)
    return EXIT.found
  }
  const token = { id: letters(ID_LETTERS), secret: letters(SECRET_LETTERS) }
  await putEntry(settings, 'data-tokens', {
    ...token,
    account: { id: account },
    name,
    ...(expires !== '' && { expiresOn: expires }),
  })
  say(`${dataTokenText(token)}`)
  say(`Shown once. Its id, to revoke it: ${token.id}`)
  return EXIT.ok
}

async function revoke(settings: Settings, redis: Redis, id: string): Promise<number> {
  const token = await new DataTokenBook(redis, installationSecrets(settings)).byId(id)
  if (!token) {
    say(`No token has the id ${id}.`)
    return EXIT.found
  }
  const { account, name, roles, expiresOn } = token
  const kept = { id, account: { id: account }, name, ...(roles && { roles }), ...(expiresOn !== '' && { expiresOn }) }
  await putEntry(settings, 'data-tokens', kept)
  say(`${id} is revoked.`)
  return EXIT.ok
}

function lineOf({ id, account, name, secretHash, expiresOn }: DataToken): string {
  const state = secretHash === '' ? 'revoked' : expiresOn === '' ? 'until it is revoked' : `until ${expiresOn}`
  return `${id}  ${account}  ${name}  ${state}`
}

function letters(count: number): string {
  return [...randomBytes(count)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}

async function withRedis(settings: Settings, work: (redis: Redis, settings: Settings) => Promise<number>): Promise<number> {
  const redis = new Redis(settings.redisUrl, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  // what went wrong is told by the call that wanted something
  redis.on('error', () => undefined)
  try {
    await redis.connect()
  } catch {
    throw new CommandError(`No Redis answers at ${settings.redisUrl}: start Zuil first (npm start).`)
  }
  try {
    return await work(redis, settings)
  } finally {
    redis.disconnect()
  }
}

function parsed(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    return parseArgs({ args: [...args], options: { account: text, name: text, expires: text }, allowPositionals: true })
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : String(cause)} Usage: ${USAGE}`, EXIT.usage)
  }
}
