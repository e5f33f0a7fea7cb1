import type { PageRequest } from './server/pages.ts'
import type { Principal } from './server/scope/principal.ts'

declare global {
  namespace App {
    interface Platform {
      readonly req: PageRequest
    }
    interface Locals {
      /** Who signed in; null for everybody else. */
      principal: Principal | null
    }
    interface Error {
      message: string
      /** Number under which the server logged the error. */
      reference?: string
    }
  }
}
