/** The part of `oidc-provider` that is used here; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface ClientMetadata {
    readonly client_id: string
    readonly client_secret: string
    readonly grant_types: readonly string[]
    readonly redirect_uris: readonly string[]
    readonly response_types: readonly string[]
    readonly token_endpoint_auth_method: string
  }

  export interface Adapter {
    find(id: string): Promise<ClientMetadata | undefined>
    upsert(id: string, payload: unknown, expiresIn: number): Promise<void>
    destroy(id: string): Promise<void>
    consume(id: string): Promise<void>
    revokeByGrantId(id: string): Promise<void>
    findByUid(uid: string): Promise<undefined>
    findByUserCode(code: string): Promise<undefined>
  }

  export class Client {
    readonly clientId: string
    compareClientSecret(actual: string): boolean | Promise<boolean>
  }

  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>)
    readonly Client: typeof Client
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this
  }

  // biome-ignore lint/style/noDefaultExport: this describes the package as it is
  export default Provider
}
