import { type Problem, parseDay, problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { CHANGE_KINDS } from '../../lib/change-view.ts'
import { tagOf } from '../data-api/answer.ts'
import { placesOf } from '../data-api/cells-query.ts'
import type { FigureDoor, Prepared } from '../data-api/figure-door.ts'
import { DOCUMENTED } from '../data-api/figure-sources.ts'
import { FORMAT_PARAMETERS, wantedOf } from '../data-api/parameters.ts'
import type { PageSources } from '../figures/page-builder.ts'
import { CHANGE_FIGURES } from './change-figures.ts'
import { changeSetting } from './change-page.ts'
import { readChange } from './change-reading.ts'
import { changeFile } from './change-table.ts'

const ChangesQuery = Type.Object({
  kind: Type.Enum([...CHANGE_KINDS], { description: 'What changed' }),
  day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'First day of the change' }),
  figure: Type.String({ maxLength: 60, description: 'One of the figures of that kind, by its id on the page' }),
  place: Type.String({ maxLength: 200, description: 'Where it changed, e.g. municipality:44021' }),
  beside: Type.Optional(
    Type.String({ maxLength: 2_000, description: 'A place that did not change, or several with + between them' }),
  ),
  ...FORMAT_PARAMETERS,
})

/** `GET /changes`: the published cells before and after a change, as the page *Verandering* shows them. */
export function changeRoute(api: FastifyInstance, door: FigureDoor, sources: PageSources): void {
  const summary = 'A figure before and after a change, of a place and of one beside it'
  api.get<{ Querystring: Static<typeof ChangesQuery> }>(
    '/changes',
    { schema: { ...DOCUMENTED, summary, querystring: ChangesQuery } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, ChangesQuery)
        if ('type' in wanted) return wanted
        const { kind, day: text, figure, place, beside } = request.query
        const day = parseDay(text)
        const figures = CHANGE_FIGURES[kind]
        const described = figures.find(({ id }) => id === figure)
        if (day === undefined) return problem('invalid-query', { detail: 'That is no day' })
        if (!described)
          return problem('invalid-query', { detail: 'There is no such figure', allowed: figures.map(({ id }) => id) })
        const asked = placesOf({ place: [place, ...(beside?.split('+') ?? [])].join() }, scope)
        if ('type' in asked) return asked
        const setting = await changeSetting({ language: wanted.language, place, day }, scope, sources)
        const cells = await readChange(described, { day, beside }, setting)
        if (!cells) return problem('period-not-published', { detail: 'Around this day nothing is published for this place' })
        const releases = [...cells.releases.values()].flatMap(({ release, contentHash }) => [release, contentHash])
        const naming = { language: wanted.language, nameOf: await sources.places.namer() }
        const parts = ['changes', kind, text, figure, place, beside ?? '', ...releases]
        return { wanted, tag: tagOf(parts, wanted), table: async () => changeFile(cells, naming) }
      }),
  )
}
