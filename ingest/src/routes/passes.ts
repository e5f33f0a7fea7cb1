import {
  type CardStatus,
  chipNumber,
  DEFAULT_PROGRAMME,
  formatInstant,
  type Holder,
  isUitpasNumber,
  MESSAGES,
  type Problem,
  pointsCounter,
  problem,
} from '@zuil/core'
import { CardStatusProblemBody, PassBody, PassesQuery, PassPath } from '@zuil/core/contracts/http-pass'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { hasPermission } from '../access.ts'
import { cardSystemBody } from '../checkins/card-system-view.ts'
import { clientOf, sendForbidden } from '../plugins/authentication.ts'
import { sendProblem } from '../plugins/problems.ts'
import type { Pass, RegisteredIdentity } from '../registry/registry.ts'
import type { RouteContext } from '../route-context.ts'

interface FoundPass {
  readonly pass: Pass & { readonly holder: Holder }
  readonly identity: RegisteredIdentity
}

/** `GET /passes?identifier=` and the older `GET /passes/{uitpasNumber}`: a pass with its balance and messages. */
export function passRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry, counters } = services
  const shared = { onRequest: authentication.client }
  const tags = ['Passes']
  const problems = { 400: CardStatusProblemBody, '4xx': ProblemBody, '5xx': ProblemBody }

  app.get<{ Querystring: PassesQuery }>(
    '/passes',
    {
      ...shared,
      schema: {
        summary: 'Retrieve pass by identifier',
        tags,
        querystring: PassesQuery,
        response: { 200: PassBody, ...problems },
      },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PASSES_READ')) return sendForbidden(reply, 'PASSES_READ', 'of the client')
      const found = await find(byIdentifier(request.query.identifier))
      if (found === undefined) return sendProblem(reply, passNotFound())
      if ('status' in found) return sendProblem(reply, found)
      const refused = cardStatusProblem(found) ?? membershipProblem(found)
      return refused ? sendProblem(reply, refused) : passBody(found)
    },
  )

  app.get<{ Params: PassPath }>(
    '/passes/:uitpasNumber',
    {
      ...shared,
      schema: { summary: 'Retrieve pass by UiTPAS number', tags, params: PassPath, response: { 200: PassBody, ...problems } },
    },
    async (request, reply) => {
      if (!hasPermission(clientOf(request), 'PASSES_READ')) return sendForbidden(reply, 'PASSES_READ', 'of the client')
      const { uitpasNumber } = request.params
      const found = await find(isUitpasNumber(uitpasNumber) ? registry.byUitpasNumber(uitpasNumber) : undefined)
      // The older call knows blocked cards only; what was never handed out does not exist for it.
      if (found === undefined || 'status' in found) return sendProblem(reply, passNotFound())
      const refused = blockedProblem(found.pass.card.status) ?? membershipProblem(found)
      return refused ? sendProblem(reply, refused) : passBody(found)
    },
  )

  function byIdentifier(identifier: string): Pass | undefined {
    if (isUitpasNumber(identifier)) return registry.byUitpasNumber(identifier)
    const chip = chipNumber(identifier)
    return chip === undefined ? undefined : registry.byChip(chip)
  }

  /** A pass with its person; the problem of a card that nobody has yet; undefined when there is no such card. */
  async function find(pass: Pass | undefined): Promise<FoundPass | Problem | undefined> {
    if (!pass) return undefined
    const { card, holder } = pass
    if (!holder) return invalidCardStatus(card.status, {})
    const identity = await registry.identity(holder.number)
    return identity && { pass: { card, holder }, identity }
  }

  async function passBody({ pass, identity }: FoundPass): Promise<PassBody> {
    const { card, holder } = pass
    const [points = 0] = await counters.read([{ counter: pointsCounter(DEFAULT_PROGRAMME), owner: holder.number, period: '' }])
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
}

function passNotFound(): Problem {
  return problem('pass-not-found', { endUserMessage: MESSAGES.passNotFound() })
}

/** A card that is not active is named with its status; whose it is only when it was somebody's. */
function cardStatusProblem({ pass, identity }: FoundPass): Problem | undefined {
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

function membershipProblem({ pass }: FoundPass): Problem | undefined {
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
