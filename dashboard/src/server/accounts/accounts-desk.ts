import { ROLES_MAX } from '@zuil/core/contracts/roles'
import type { Language } from '../../lib/language.ts'
import { mayOpen } from '../../lib/pages.ts'
import {
  ROLES_CHANGES,
  ROLES_FAULTS,
  ROLES_FIELDS,
  ROLES_PATH,
  type RolesChange,
  type RolesFault,
  type RolesView,
} from '../../lib/roles-view.ts'
import { messagesOf } from '../../messages/languages.ts'
import type { AccessLog } from '../access-log/access-log.ts'
import { capital } from '../figures/figure-writing.ts'
import { backTo, type FormHandler } from '../notebook/own-form.ts'
import { CredentialsUnavailableError } from '../scope/authentication.ts'
import type { Principal } from '../scope/principal.ts'
import type { AccountSource, RoleHolder } from './account-source.ts'
import { accountsWords } from './accounts-words.ts'
import { ROLE_KINDS, roleKey, rolePlace, typedRole } from './typed-role.ts'

export interface AccountsDeskOptions {
  readonly source: AccountSource
  readonly log: Pick<AccessLog, 'write'>
  /** Whether people sign in at the built-in issuer, which knows of no roles but those of the registry. */
  readonly isBuiltIn: boolean
}

type Administrator = Pick<Principal, 'owner' | 'roles' | 'places'>
type Outcome = RolesChange | RolesFault

/** The page "Rollen", and its forms: publiq gives and takes the roles of accounts. */
export class AccountsDesk {
  readonly #options: AccountsDeskOptions
  /** One change after the other, or two administrators could each take the role of the other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: AccountsDeskOptions) {
    this.#options = options
  }

  /** @param typed the address of the page: what came of a form @throws {CredentialsUnavailableError} */
  async view({ places }: Administrator, language: Language, typed: Pick<URLSearchParams, 'get'>): Promise<RolesView> {
    const { source, isBuiltIn } = this.#options
    const { elsewhere, faults, changes, form, ...words } = accountsWords(language)
    const { roles } = messagesOf(language).shell
    const names = new Map(places.map(({ place, name }) => [place, name]))
    const collator = new Intl.Collator(language)
    const said = typed.get(ROLES_FIELDS.said)
    const fault = ROLES_FAULTS.find((each) => each === said)
    const change = ROLES_CHANGES.find((each) => each === said)
    const rows = (await source.withRoles()).flatMap((holder) =>
      holder.roles.map((role) => {
        const place = rolePlace(role)
        const name = place === undefined ? '' : (names.get(place) ?? place)
        return {
          id: `${holder.id} ${roleKey(role)}`,
          account: holder.email || holder.id,
          role: capital([roles[role.role], name].filter(Boolean).join(' ')),
        }
      }),
    )
    const offered = places.filter(({ place }) => /^(region|municipality):/.test(place)).map(({ name }) => name)
    return {
      language,
      title: words.title,
      intro: words.intro,
      elsewhere: isBuiltIn ? '' : elsewhere,
      fault: fault === undefined ? '' : faults[fault],
      done: change === undefined ? '' : changes[change],
      form: {
        ...form,
        roles: ROLE_KINDS.map((value) => ({ value, label: capital(roles[value]) })),
        places: [...new Set(offered)].sort(collator.compare),
        values: {
          role: typed.get(ROLES_FIELDS.role) ?? ROLE_KINDS[0],
          place: typed.get(ROLES_FIELDS.place) ?? '',
        },
      },
      list: {
        ...words.list,
        rows: rows.toSorted((a, b) => collator.compare(a.account, b.account) || collator.compare(a.role, b.role)),
      },
    }
  }

  get forms(): Readonly<Record<string, FormHandler>> {
    return {
      [`${ROLES_PATH}/geef`]: (form, principal) => this.#handled(form, principal, () => this.#give(form, principal)),
      [`${ROLES_PATH}/neem`]: (form, principal) => this.#handled(form, principal, () => this.#take(form, principal)),
    }
  }

  /** Back to the page with what came of it; for anybody else nothing is looked up, and the page itself refuses them. */
  async #handled(form: URLSearchParams, { roles }: Administrator, handle: () => Promise<Outcome>): Promise<string> {
    if (!mayOpen('accounts', roles)) return backTo(ROLES_PATH, form)
    const turn = this.#turn.then(handle)
    this.#turn = turn.catch(() => undefined)
    const said = await turn.catch((error: unknown): RolesFault => {
      if (error instanceof CredentialsUnavailableError) return 'unavailable'
      throw error
    })
    const isDone = ROLES_CHANGES.some((each) => each === said)
    const typed = [ROLES_FIELDS.role, ROLES_FIELDS.place].map((name) => [name, form.get(name) ?? ''] as const)
    const kept = isDone ? [] : typed.filter(([, value]) => value !== '')
    return backTo(ROLES_PATH, form, { [ROLES_FIELDS.said]: said, ...Object.fromEntries(kept) })
  }

  async #give(form: URLSearchParams, { owner, places }: Administrator): Promise<Outcome> {
    const { source, log } = this.#options
    const field = (name: keyof typeof ROLES_FIELDS) => (form.get(ROLES_FIELDS[name]) ?? '').trim()
    const role = typedRole({ kind: field('role'), place: field('place') }, places)
    if (typeof role === 'string') return role
    const holder = field('account') === '' ? undefined : await source.named(field('account'))
    if (!holder) return 'account'
    const key = roleKey(role)
    if (holder.roles.some((each) => roleKey(each) === key)) return 'given'
    if (holder.roles.length >= ROLES_MAX) return 'full'
    if (!(await source.change(holder.id, (roles) => [...roles.filter((each) => roleKey(each) !== key), role]))) return 'account'
    log.write({ kind: 'role-given', account: owner, what: `${holder.id} ${key}` })
    return 'given'
  }

  async #take(form: URLSearchParams, { owner }: Administrator): Promise<Outcome> {
    const { source, log } = this.#options
    // Ids of accounts have no spaces.
    const [id = '', key = ''] = (form.get(ROLES_FIELDS.id) ?? '').split(' ')
    if (key === 'publiq' && (await this.#isLast(id))) return 'last'
    let had = false
    const isKnown = await source.change(id, (roles) => {
      const rest = roles.filter((each) => roleKey(each) !== key)
      had = rest.length < roles.length
      return rest
    })
    if (!isKnown) return 'account'
    if (had) log.write({ kind: 'role-taken', account: owner, what: `${id} ${key}` })
    return 'taken'
  }

  /** Whether nobody else could give a role afterwards. */
  async #isLast(id: string): Promise<boolean> {
    const { source, isBuiltIn } = this.#options
    const canGive = ({ email, roles }: RoleHolder) => mayOpen('accounts', roles) && (email !== '' || !isBuiltIn)
    return !(await source.withRoles()).some((holder) => holder.id !== id && canGive(holder))
  }
}
