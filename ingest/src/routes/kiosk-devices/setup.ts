import { problem, RateLimiter } from '@zuil/core'
import { KioskDeviceBody, KioskSetupRequest } from '@zuil/core/contracts/http-kiosk'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { storeKiosk } from '../../checkins/kiosk-changes.ts'
import { kioskBody } from '../../checkins/kiosk-view.ts'
import { sendUnauthorized } from '../../plugins/authentication.ts'
import { sendProblem, sendRateLimited } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'

/** `PUT /kiosk-devices/setup`: a new device introduces itself with the configuration code of its kiosk. */
export function kioskSetupRoutes(app: FastifyInstance, { services }: RouteContext): void {
  const { registry, limits, now } = services
  const limiter = new RateLimiter(limits.setup, now)

  app.put<{ Body: KioskSetupRequest }>(
    '/kiosk-devices/setup',
    {
      onRequest: (request, reply, done) => {
        const waitSeconds = limiter.take(request.ip)
        if (waitSeconds > 0) sendRateLimited(reply, waitSeconds)
        else done()
      },
      schema: {
        summary: 'Set up a new kiosk device',
        tags: ['Kiosk devices'],
        body: KioskSetupRequest,
        response: { 200: KioskDeviceBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const code = request.headers['x-custom-token']
      const kiosk = typeof code === 'string' && code !== '' ? registry.kioskByConfigurationCode(code) : undefined
      if (!kiosk) {
        sendUnauthorized(reply)
        return reply
      }
      const { name, deviceId } = request.body
      if (kiosk.name !== name)
        return sendProblem(reply, problem('kiosk-not-found', { detail: 'The code belongs to another kiosk' }))
      if (kiosk.deviceId !== undefined) return sendProblem(reply, problem('kiosk-already-configured'))
      if (registry.kioskByDevice(deviceId)) return sendProblem(reply, problem('kiosk-device-already-in-use'))
      await storeKiosk(services, { ...kiosk, deviceId })
      return kioskBody({ ...kiosk, deviceId }, registry)
    },
  )
}
