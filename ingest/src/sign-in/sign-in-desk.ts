import { RateLimiter } from '@zuil/core'
import { PASSWORD_LENGTH_MAX, signInName } from '@zuil/core/registry/account'
import type { AccountBook } from '../registry/account-book.ts'
import { isPassword, NO_PASSWORD } from '../registry/password-hash.ts'
import type { Secrets } from '../secrets.ts'
import type { Limits } from '../services.ts'
import type { SignInFault } from './sign-in-texts.ts'

/** Passwords being compared and waiting for it: two or three seconds of a busy core. Each takes 32 MB when it is its turn. */
export const WAITING_MAX = 8

export interface SignInAttempt {
  readonly email: string
  readonly password: string
  /** Address of the browser. */
  readonly address: string
}

export interface SignInDeskOptions {
  readonly accounts: Pick<AccountBook, 'byEmail'>
  readonly secrets: Pick<Secrets, 'emailHash'>
  readonly limits: Pick<Limits, 'signInOfAccount' | 'signInFromAddress'>
  /** Epoch ms. */
  readonly now: () => number
}

/** Compares names and passwords: one after the other, and never often for one account or from one address. */
export class SignInDesk {
  readonly #options: SignInDeskOptions
  readonly #byAccount: RateLimiter
  readonly #byAddress: RateLimiter
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: SignInDeskOptions) {
    this.#options = options
    this.#byAccount = new RateLimiter(options.limits.signInOfAccount, options.now)
    this.#byAddress = new RateLimiter(options.limits.signInFromAddress, options.now)
  }

  /** The account's id, or why not; an unknown address and a wrong password look and last the same. @throws {LedgerError} */
  async attempt({ email, password, address }: SignInAttempt): Promise<{ readonly account: string } | SignInFault> {
    const name = signInName(email)
    const hash = this.#options.secrets.emailHash(name).toString('base64url')
    if (this.#byAddress.take(address) > 0 || this.#byAccount.take(hash) > 0) return 'too-often'
    if (this.#waiting >= WAITING_MAX) return 'busy'
    return await this.#inTurn(async () => {
      const account = await this.#options.accounts.byEmail(name)
      const typed = password.slice(0, PASSWORD_LENGTH_MAX + 1)
      const isRight = await isPassword(typed, account?.passwordHash || NO_PASSWORD)
      return account && isRight ? { account: account.id } : 'wrong'
    })
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    try {
      return await turn
    } finally {
      this.#waiting -= 1
    }
  }
}
