import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

const TITLE = 'Zuil: the data API'
const DESCRIPTION = [
  'Published figures on participation with the leisure pass, for Power BI, Excel, R and any other program.',
  'Every number has gone through the protection of a release: what few people make up is withheld, the rest is rounded. `status` says which is which.',
].join('\n\n')

/** OpenAPI below `docs`, from the very schemas that check the queries. Everything it shows comes from this host. */
export async function documentation(api: FastifyInstance): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: TITLE, description: DESCRIPTION, version: '1' },
      components: {
        securitySchemes: {
          TOKEN: { type: 'http', scheme: 'bearer', description: 'An access token, or a token of the data API' },
          TOKEN_AS_PASSWORD: { type: 'http', scheme: 'basic', description: 'Any name, with the token as password' },
        },
      },
    },
    hideUntagged: true,
  })
  await api.register(swaggerUi, {
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
