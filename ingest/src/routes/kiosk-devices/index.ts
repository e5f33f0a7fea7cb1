import { KioskDeviceBody } from '@zuil/core/contracts/http-kiosk'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { kioskBody } from '../../checkins/kiosk-view.ts'
import { kioskOf } from '../../plugins/authentication.ts'
import type { RouteContext } from '../../route-context.ts'

/** `GET /kiosk-devices`: the kiosk that asks. */
export function kioskDeviceRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  app.get(
    '/kiosk-devices',
    {
      onRequest: authentication.kiosk,
      schema: {
        summary: 'Retrieve kiosk',
        tags: ['Kiosk devices'],
        response: { 200: KioskDeviceBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request) => kioskBody(kioskOf(request), services.registry),
  )
}
