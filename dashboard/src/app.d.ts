import type { ShellView } from './lib/shell-view.ts'
import type { PageRequest } from './server/pages/pages.ts'
import type { Principal } from './server/scope/principal.ts'

declare global {
  namespace App {
    interface Platform {
      readonly req: PageRequest
    }
    interface Locals {
      /** Who signed in; null for everybody else. */
      principal: Principal | null
      /** It cannot be said now who signed in. */
      isUnavailable: boolean
    }
    interface PageData {
      /** Absent only where not even the frame of the page could be made. */
      shell?: ShellView
    }
    interface Error {
      message: string
      /** Number under which the server logged the error. */
      reference?: string
    }
  }
}
