import { type BoundaryMunicipality, keptBoundaries } from '@zuil/dashboard/server'
import { placesNow } from '@zuil/warehouse'
import type { FastifyInstance } from 'fastify'
import type { ReportSources } from './reports.ts'

/** What the command line is told to find outlines by. */
export interface BoundaryPlaces {
  readonly municipalities: readonly BoundaryMunicipality[]
}

/** Outlines of both sizes are some 700 kB for all municipalities of Flanders and Brussels. */
const BODY_BYTES_MAX = 4_000_000

/** Outlines of municipalities from the command line, which has read and simplified them: a large file takes its process seconds. */
export function boundaryApi(app: FastifyInstance, { warehouse, dashboard }: ReportSources): void {
  app.post('/internal/municipalities', async (): Promise<BoundaryPlaces> => {
    const { municipalities } = await placesNow(warehouse)
    return { municipalities: municipalities.map(({ nis, name, mergedFrom }) => ({ nis, name, mergedFrom })) }
  })
  app.post('/internal/boundaries', { bodyLimit: BODY_BYTES_MAX }, async ({ body }, reply) => {
    const kept = keptBoundaries(body)
    if (!kept) return reply.code(400).send({ error: 'those are no boundaries' })
    await dashboard().boundaries.keep(kept)
    return {}
  })
  app.post('/internal/boundaries-removal', async () => {
    await dashboard().boundaries.remove()
    return {}
  })
}
