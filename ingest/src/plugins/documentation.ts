import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

const TITLE = 'Zuil: check-ins in the UiTPAS API 4.0'
const DESCRIPTION = [
  'The check-in side of the UiTPAS API 4.0: a client changes the host name and nothing else.',
  'Ours: `Idempotency-Key`, `Prefer: wait=stored`, the header `Zuil-Receipt`, `/receipts`, `/batches`, `/registry`.',
].join('\n\n')

/** OpenAPI at `/docs`, from the very schemas that check and write the bodies. Everything it shows comes from this host. */
export async function documentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: TITLE, description: DESCRIPTION, version: '4.0' },
      components: {
        securitySchemes: {
          CLIENT_ACCESS_TOKEN: {
            type: 'oauth2',
            flows: { clientCredentials: { tokenUrl: '/realms/uitid/protocol/openid-connect/token', scopes: {} } },
          },
          CUSTOM_TOKEN: { type: 'apiKey', in: 'header', name: 'x-custom-token' },
          OPERATOR_TOKEN: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    hideUntagged: true,
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => CONTENT_SECURITY_POLICY,
    uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
  })
}

/** Swagger UI brings inline styles and draws its icons from data URLs; scripts come from files only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')
