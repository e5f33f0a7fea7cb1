import {
  type CardStatus,
  chipNumber,
  formatInstant,
  type Holder,
  inszNumber,
  MESSAGES,
  type Problem,
  pointsCounter,
  problem,
  programmeOfHolder,
} from '@zuil/core'
import type { PassBody } from '@zuil/core/contracts/http-pass'
import { cardSystemBody } from '../checkins/card-system-view.ts'
import type { Pass, RegisteredIdentity } from '../registry/registry.ts'
import type { Services } from '../services.ts'

export interface FoundPass {
  readonly pass: Pass & { readonly holder: Holder }
  readonly identity: RegisteredIdentity
}

/** A pass with its person; the problem of a card that nobody has yet; undefined when there is no such pass. */
export type PassFinding = FoundPass | Problem | undefined

/** Finds passes by whatever names them, and shows them. */
export class PassDesk {
  readonly #services: Pick<Services, 'registry' | 'counters'>

  constructor(services: Pick<Services, 'registry' | 'counters'>) {
    this.#services = services
  }

  /** By a UiTPAS number, a chip number or an INSZ number. */
  async byIdentifier(identifier: string): Promise<PassFinding> {
    if (this.#services.registry.isPassNumber(identifier)) return await this.byUitpasNumber(identifier)
    if (inszNumber(identifier) !== undefined) return await this.byInsz(identifier)
    return await this.byChip(identifier)
  }

  async byUitpasNumber(number: string): Promise<PassFinding> {
    const { registry } = this.#services
    return await this.#find(registry.isPassNumber(number) ? registry.byUitpasNumber(number) : undefined)
  }

  async byChip(text: string): Promise<PassFinding> {
    const chip = chipNumber(text)
    return await this.#find(chip === undefined ? undefined : this.#services.registry.byChip(chip))
  }

  /** The pass of a person: the card of the oldest active membership, else the card that was there last. */
  async byInsz(text: string): Promise<PassFinding> {
    const insz = inszNumber(text)
    const identity = insz === undefined ? undefined : await this.#services.registry.identityByInsz(insz)
    const number = identity?.uitpasNumber || identity?.cards.at(-1)?.uitpasNumber
    return number === undefined ? undefined : await this.byUitpasNumber(number)
  }

  async body({ pass, identity }: FoundPass): Promise<PassBody> {
    const { card, holder } = pass
    const { registry, counters } = this.#services
    const counter = pointsCounter(programmeOfHolder(holder, registry.programmes))
    const [points = 0] = await counters.read([{ counter, owner: holder.number, period: '' }])
    const uitpasNumber = identity.cards.find(({ number }) => number === card.number)?.uitpasNumber ?? identity.uitpasNumber
    return {
      passholderId: identity.id,
      passType: holder.passType,
      uitpasNumber,
      firstName: identity.firstName || identity.name,
      points,
      postalCode: identity.postalCode,
      cardSystem: cardSystemBody(registry, card.cardSystem),
      ...socialTariffBody(holder, card.cardSystem),
    }
  }

  /** What the older calls answer: they know blocked cards only, and what was never handed out does not exist for them. */
  async olderAnswer(found: PassFinding): Promise<PassBody | Problem> {
    if (found === undefined || 'status' in found) return passNotFound()
    return blockedProblem(found.pass.card.status) ?? membershipProblem(found) ?? (await this.body(found))
  }

  async #find(pass: Pass | undefined): Promise<PassFinding> {
    if (!pass) return undefined
    const { card, holder } = pass
    if (!holder) return invalidCardStatus(card.status, {})
    const identity = await this.#services.registry.identity(holder.number)
    return identity && { pass: { card, holder }, identity }
  }
}

export function passNotFound(): Problem {
  return problem('pass-not-found', { endUserMessage: MESSAGES.passNotFound() })
}

/** A card that is not active is named with its status; whose it is only when it was somebody's. */
export function cardStatusProblem({ pass, identity }: FoundPass): Problem | undefined {
  const { card, holder } = pass
  if (card.status === 'ACTIVE') return undefined
  const isKnown = card.status === 'BLOCKED' || card.status === 'DELETED'
  const groupPass = holder.passType === 'GROUP'
  return invalidCardStatus(card.status, isKnown ? { passholderId: identity.id, passType: holder.passType, groupPass } : {})
}

function invalidCardStatus(cardStatus: CardStatus, members: object): Problem {
  const endUserMessage = cardStatus === 'BLOCKED' ? MESSAGES.cardBlocked() : MESSAGES.cardNotActive()
  return { ...problem('invalid-card-status', { endUserMessage }), ...{ cardStatus }, ...members }
}

function blockedProblem(status: CardStatus): Problem | undefined {
  return status === 'ACTIVE' ? undefined : problem('card-blocked', { endUserMessage: MESSAGES.cardBlocked() })
}

export function membershipProblem({ pass }: FoundPass): Problem | undefined {
  const membership = pass.holder.memberships.find(({ cardSystem }) => cardSystem === pass.card.cardSystem)
  if (membership?.status !== 'BLOCKED') return undefined
  return problem('passholder-blocked', { endUserMessage: MESSAGES.noActiveMembership() })
}

/** Social tariff in the card system of the card, with what the holder has to be told about it. */
function socialTariffBody(holder: Holder, cardSystem: number): Pick<PassBody, 'socialTariff' | 'messages'> {
  const membership = holder.memberships.find((each) => each.cardSystem === cardSystem)
  const endsAt = membership?.socialTariffEndsAt
  const endDate = endsAt === undefined ? {} : { endDate: formatInstant(endsAt) }
  switch (membership?.socialTariff) {
    case 'ACTIVE':
    case 'GRACE':
      return { socialTariff: { status: 'ACTIVE', ...endDate } }
    case 'EXPIRED':
      return {
        socialTariff: { status: 'EXPIRED', ...endDate },
        messages: [{ level: 'WARN', text: MESSAGES.socialTariffExpired().nl }],
      }
    case 'SUSPENDED':
      // The API has no such status on a pass.
      return { socialTariff: { status: 'NONE' }, messages: [{ level: 'WARN', text: MESSAGES.socialTariffSuspended().nl }] }
    case 'NONE':
    case undefined:
      return { socialTariff: { status: 'NONE' } }
  }
}
