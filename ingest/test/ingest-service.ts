import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_GRACE } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import { type OpenedServices, openServices } from '../src/main.ts'
import type { Services } from '../src/services.ts'
import { RedisServer } from './redis-server.ts'
import { CLIENT, REGISTRY, SECRET } from './small-registry.ts'

export interface IngestServiceOptions {
  /** Parts that the test replaces. */
  readonly services?: Partial<Services>
  readonly config?: Partial<Config>
  /** Default: the small registry. */
  readonly registry?: typeof REGISTRY
}

/** The service on a Redis and a folder of its own, with the small registry. `await using` ends it. */
export class IngestService implements AsyncDisposable {
  readonly app: FastifyInstance
  readonly redis: RedisServer
  readonly services: Services
  readonly folder: string
  readonly #opened: OpenedServices
  readonly #tokens = new Map<string, Promise<string>>()

  private constructor(parts: {
    app: FastifyInstance
    redis: RedisServer
    services: Services
    folder: string
    opened: OpenedServices
  }) {
    this.app = parts.app
    this.redis = parts.redis
    this.services = parts.services
    this.folder = parts.folder
    this.#opened = parts.opened
  }

  static async start(options: IngestServiceOptions = {}): Promise<IngestService> {
    const redis = await RedisServer.start()
    const folder = mkdtempSync(join(tmpdir(), 'zuil-ingest-'))
    const opened = await openServices({ ...testConfig(redis.port, folder), ...options.config })
    const services = { ...opened.services, ...options.services }
    const app = await buildApp({ services, logLevel: 'silent' })
    await app.ready()
    const service = new IngestService({ app, redis, services, folder, opened })
    for (const [kind, entries] of Object.entries(options.registry ?? REGISTRY)) await service.put(kind, entries)
    return service
  }

  /** Puts entries into the registry and waits until this process has them. */
  async put(kind: string, entries: readonly unknown[]): Promise<void> {
    const reply = await this.app.inject({
      method: 'PUT',
      url: `/registry/${kind}`,
      headers: { authorization: `Bearer ${this.operatorToken}`, 'content-type': 'application/json' },
      payload: JSON.stringify(entries),
    })
    const results: readonly { readonly ok: boolean }[] = reply.statusCode === 200 ? reply.json().results : []
    if (results.length !== entries.length || results.some(({ ok }) => !ok)) throw new Error(`${kind}: ${reply.body}`)
    for (let lane = 0; lane < this.services.lanes; lane++) await this.services.registry.refresh(lane)
  }

  get operatorToken(): string {
    return this.services.secrets.token('operator')
  }

  /** `Authorization` of a client; by default the one that may everything for the organizer of the small registry. */
  async bearer(client = CLIENT, secret = SECRET): Promise<{ authorization: string }> {
    const token = this.#tokens.get(client) ?? this.#fetchToken(client, secret)
    this.#tokens.set(client, token)
    return { authorization: `Bearer ${await token}` }
  }

  async #fetchToken(client: string, secret: string): Promise<string> {
    const reply = await this.app.inject({
      method: 'POST',
      url: '/realms/uitid/protocol/openid-connect/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }).toString(),
    })
    return reply.json().access_token
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close()
    await this.#opened.close()
    await this.redis[Symbol.asyncDispose]()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function testConfig(redisPort: number, folder: string): Config {
  return {
    data: folder,
    host: '127.0.0.1',
    port: 0,
    redisUrl: `redis://127.0.0.1:${redisPort}`,
    lanes: 1,
    commitConnections: 2,
    secret: '11'.repeat(32),
    issuer: '',
    personClaims: ['sub'],
    publicUrl: 'http://127.0.0.1:8081',
    dashboardUrl: 'http://127.0.0.1:8080',
    internalUrl: 'http://127.0.0.1:9',
    grace: DEFAULT_GRACE,
    numberProblem: 'invalid-uitpas-number',
    logLevel: 'silent',
  }
}
