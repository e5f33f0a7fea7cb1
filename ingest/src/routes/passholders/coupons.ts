import { type Holder, type Permission, problem } from '@zuil/core'
import { CouponsQuery, GrantedCouponBody } from '@zuil/core/contracts/http-coupon'
import { PassholderPath } from '@zuil/core/contracts/http-holder'
import type { FastifyInstance } from 'fastify'
import { grantedCoupons } from '../../passes/granted-coupons.ts'
import { bearerPrincipalOf } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

interface CouponCall {
  readonly url: string
  readonly summary: string
  readonly permission: Permission
  readonly passType: Holder['passType']
}

const CALLS: readonly CouponCall[] = [
  {
    url: '/passholders/:passholderId/coupons',
    summary: 'Get coupons of passholder',
    permission: 'PASSHOLDER_COUPONS_READ',
    passType: 'INDIVIDUAL',
  },
  {
    url: '/grouppasses/:passholderId/coupons',
    summary: 'Get coupons of grouppass',
    permission: 'GROUPPASS_COUPONS_READ',
    passType: 'GROUP',
  },
]

/** `GET /passholders/{passholderId}/coupons` and `GET /grouppasses/{passholderId}/coupons`: not paged, active ones unless asked. */
export function couponRoutes(app: FastifyInstance, { services, authentication, passholders }: RouteContext): void {
  const { registry } = services
  for (const { url, summary, permission, passType } of CALLS) {
    app.get<{ Params: PassholderPath; Querystring: CouponsQuery }>(
      url,
      {
        onRequest: authentication.clientOrPerson,
        schema: {
          summary,
          tags: ['Coupons'],
          params: PassholderPath,
          querystring: CouponsQuery,
          response: { 200: { type: 'array', items: GrantedCouponBody }, ...PROBLEM_RESPONSES },
        },
      },
      async (request, reply) => {
        const found = await passholders.find(bearerPrincipalOf(request), request.params.passholderId, [permission])
        if (found.kind === 'forbidden') return sendProblem(reply, found.problem)
        const { organizerId } = request.query
        if (organizerId !== undefined && !registry.organizer(organizerId)) {
          return sendProblem(reply, problem('organizer-not-found'))
        }
        const holder = found.kind === 'found' ? found.holder : undefined
        if (holder?.passType !== passType) return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
        return await grantedCoupons(holder, request.query, services)
      },
    )
  }
}
