import { type CardSystem, type Problem, problem } from '@zuil/core'
import {
  CardSystemPath,
  CitySettingsBody,
  CitySettingsQuery,
  MembershipPricesBody,
  MembershipPricesQuery,
  SocialTariffSettingsBody,
  SocialTariffSettingsQuery,
} from '@zuil/core/contracts/http-card-system'
import type { FastifyInstance } from 'fastify'
import { identifiedOrBearer } from '../../plugins/client-identification.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'
import { POSTAL_CODE, textsOf } from './card-system-order.ts'
import { cardSystemOf, sendUnknownCardSystem } from './index.ts'

/** What one card system says of its cities and of its prices, as far as the registry knows it. Public data. */
export function cardSystemSettingsRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const { registry } = services
  const onRequest = identifiedOrBearer(authentication, services)
  const tags = ['Card systems']

  app.get<{ Params: CardSystemPath; Querystring: CitySettingsQuery }>(
    '/card-systems/:cardSystemId/city-settings',
    {
      onRequest,
      schema: {
        summary: 'Retrieve city settings for card system',
        tags,
        params: CardSystemPath,
        querystring: CitySettingsQuery,
        response: { 200: CitySettingsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const cardSystem = cardSystemOf(registry, request.params)
      if (!cardSystem) return sendUnknownCardSystem(reply)
      const postalCodes = textsOf(request.query.postalCode)
      for (const postalCode of postalCodes) {
        const wrong = faultOf(cardSystem, postalCode)
        if (wrong) return sendProblem(reply, wrong)
      }
      return citySettings(cardSystem, postalCodes)
    },
  )

  app.get<{ Params: CardSystemPath; Querystring: SocialTariffSettingsQuery }>(
    '/card-systems/:cardSystemId/social-tariff-settings',
    {
      onRequest,
      schema: {
        summary: 'Retrieve social tariff settings for card system',
        tags,
        deprecated: true,
        params: CardSystemPath,
        querystring: SocialTariffSettingsQuery,
        response: { 200: SocialTariffSettingsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const cardSystem = cardSystemOf(registry, request.params)
      if (!cardSystem) return sendUnknownCardSystem(reply)
      const { postalCode } = request.query
      const wrong = faultOf(cardSystem, postalCode)
      if (wrong) return sendProblem(reply, wrong)
      const city = cardSystem.citySettings?.find((settings) => settings.postalCode === postalCode)
      const isAllowed = city?.allowsCardlessRegistration ?? cardSystem.allowsCardlessRegistration ?? false
      return { postalCode, allowsCardlessRegistration: isAllowed }
    },
  )

  app.get<{ Params: CardSystemPath; Querystring: MembershipPricesQuery }>(
    '/card-systems/:cardSystemId/membership-prices',
    {
      onRequest,
      schema: {
        summary: 'Retrieve membership prices for a card system',
        tags,
        params: CardSystemPath,
        querystring: MembershipPricesQuery,
        response: { 200: MembershipPricesBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const cardSystem = cardSystemOf(registry, request.params)
      if (!cardSystem) return sendUnknownCardSystem(reply)
      const prices = (cardSystem.membershipPrices ?? []).filter(({ cardType }) => cardType === request.query.cardType)
      return prices.map(({ price, label, description }) => ({ price, label, description }))
    },
  )
}

/** Only cities whose settings are known. */
function citySettings({ cities, citySettings: known = [] }: CardSystem, postalCodes: readonly string[]): CitySettingsBody {
  return known
    .filter(({ postalCode }) => postalCodes.length === 0 || postalCodes.includes(postalCode))
    .map(({ postalCode, allowsCardlessRegistration, contactEmail }) => ({
      city: cities.find((city) => city.postalCode === postalCode)?.name ?? postalCode,
      allowsCardlessRegistration,
      contactEmail,
    }))
}

function faultOf({ id, cities }: CardSystem, postalCode: string): Problem | undefined {
  if (!POSTAL_CODE.test(postalCode)) return problem('invalid-postal-code', { detail: `${postalCode} is not a postal code` })
  if (cities.some((city) => city.postalCode === postalCode)) return undefined
  return problem('postal-code-not-in-card-system', { detail: `${postalCode} is not in card system ${id}` })
}
