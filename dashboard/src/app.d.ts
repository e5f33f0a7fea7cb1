import type { PageRequest } from './server/pages.ts'

declare global {
  namespace App {
    interface Platform {
      readonly req: PageRequest
    }
    interface Error {
      message: string
      /** Number under which the server logged the error. */
      reference?: string
    }
  }
}
