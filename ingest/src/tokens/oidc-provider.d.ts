/** The part of `oidc-provider` that is used here; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface ClientMetadata {
    readonly client_id: string
    readonly client_name: string
    readonly client_secret?: string
    readonly grant_types: readonly string[]
    readonly redirect_uris: readonly string[]
    readonly response_types: readonly string[]
    readonly token_endpoint_auth_method: string
    readonly application_type: 'web' | 'native'
  }

  export interface Adapter {
    find(id: string): Promise<object | undefined>
    upsert(id: string, payload: object, expiresIn: number): Promise<void>
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

  export class Grant {
    constructor(properties: { readonly clientId: string; readonly accountId: string })
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  export interface Interaction {
    readonly uid: string
    readonly params: Readonly<Record<string, unknown>>
  }

  export type InteractionResult =
    | { readonly login: { readonly accountId: string; readonly remember: boolean } }
    | { readonly error: string; readonly error_description: string }

  export interface KoaContext {
    type: string
    body: string
    readonly oidc: {
      readonly provider: Provider
      readonly client: Client
      readonly session: { readonly accountId: string }
      readonly params: Readonly<Record<string, unknown>>
    }
  }

  export class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>)
    /** Believe `x-forwarded-proto`. */
    proxy: boolean
    readonly Client: typeof Client
    readonly Grant: typeof Grant
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionResult(request: IncomingMessage, response: ServerResponse, result: InteractionResult): Promise<string>
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this
  }

  export interface InteractionPolicy {
    remove(prompt: 'login' | 'consent'): void
  }

  export const interactionPolicy: { readonly base: () => InteractionPolicy }
  export const errors: {
    readonly InvalidGrant: new (description: string) => Error
    readonly InvalidTarget: new (description: string) => Error
    readonly SessionNotFound: new (description: string) => Error
  }

  // biome-ignore lint/style/noDefaultExport: this describes the package as it is
  export default Provider
}
