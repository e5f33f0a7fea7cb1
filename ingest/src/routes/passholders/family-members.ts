import { formatInstant, type Holder, type ProgrammeBook, pointsCounter, problem, programmeOfHolder } from '@zuil/core'
import { FamilyMemberBody } from '@zuil/core/contracts/http-family'
import { PassholderPath } from '@zuil/core/contracts/http-holder'
import type { FastifyInstance } from 'fastify'
import { passholderBody } from '../../checkins/passholder-view.ts'
import { bearerPrincipalOf } from '../../plugins/authentication.ts'
import { sendProblem } from '../../plugins/problems.ts'
import type { RegisteredIdentity } from '../../registry/registry.ts'
import type { RouteContext } from '../../route-context.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

interface Member {
  readonly uitpasNumber: string
  readonly holder: Holder
  readonly identity: RegisteredIdentity
  /** Epoch ms; 0 when unknown. */
  readonly since: number
  /** Empty when none was chosen. */
  readonly icon: string
  readonly isMain: boolean
}

/** `GET /passholders/{passholderId}/family-members`: the passholder, and whom the passholder put into the family. */
export function familyMemberRoutes(app: FastifyInstance, { services, authentication, passholders }: RouteContext): void {
  const { registry, counters } = services

  app.get<{ Params: PassholderPath }>(
    '/passholders/:passholderId/family-members',
    {
      onRequest: authentication.clientOrPerson,
      schema: {
        summary: 'Retrieve family members of a passholder',
        tags: ['Passholder Family'],
        params: PassholderPath,
        response: { 200: { type: 'array', items: FamilyMemberBody }, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const principal = bearerPrincipalOf(request)
      const found = await passholders.find(principal, request.params.passholderId, ['PASSHOLDERS_FAMILY_MEMBERS'])
      if (found.kind === 'forbidden') return sendProblem(reply, found.problem)
      const members = found.kind === 'found' ? await membersOf(found.holder) : undefined
      if (!members) return sendProblem(reply, problem('passholder-not-found', { onRead: true }))
      const points = await counters.read(members.map(({ holder }) => balanceOf(holder, registry.programmes)))
      return members.map((member, index) => bodyOf(member, points[index] ?? 0))
    },
  )

  /** Undefined: the passholder is gone, or is a group. Members whose card nobody has any more are left out. */
  async function membersOf(holder: Holder): Promise<readonly Member[] | undefined> {
    const identity = holder.passType === 'INDIVIDUAL' ? await registry.identity(holder.number) : undefined
    if (!identity) return undefined
    const main = { uitpasNumber: identity.uitpasNumber, holder, identity, since: 0, icon: '', isMain: true }
    const others = await Promise.all(
      (identity.family ?? []).map(async (entry): Promise<readonly Member[]> => {
        const member = registry.byUitpasNumber(entry.uitpasNumber)?.holder
        const known = member && (await registry.identity(member.number))
        return known ? [{ ...entry, holder: member, identity: known, isMain: false }] : []
      }),
    )
    return [main, ...others.flat()]
  }

  function bodyOf({ uitpasNumber, holder, identity, since, icon, isMain }: Member, points: number): FamilyMemberBody {
    return {
      uitpasNumber,
      passholder: passholderBody(holder, identity, { registry, points }),
      ...(since > 0 && { creationDate: formatInstant(since) }),
      ...(icon !== '' && { icon }),
      mainFamilyMember: isMain,
    }
  }
}

function balanceOf(holder: Holder, programmes: ProgrammeBook): { counter: string; owner: number; period: string } {
  return { counter: pointsCounter(programmeOfHolder(holder, programmes)), owner: holder.number, period: '' }
}
