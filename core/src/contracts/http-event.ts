import Type, { type Static } from 'typebox'
import { EventCardSystemShape, EventSettingsShape } from '../registry/event-settings.ts'
import { LIST_LENGTH_MAX } from '../registry/shape.ts'

/** Path of `/events/{eventId}/…`. */
export const EventPath = Type.Object({ eventId: Type.String({ minLength: 1, maxLength: 100 }) })
export type EventPath = Static<typeof EventPath>

/** `GET|PUT /events/{eventId}/settings`: complete; a limit that is missing is no limit. The id of the path counts. */
export const EventSettingsBody = Type.Object({ id: Type.String(), ...EventSettingsShape.properties }, { title: 'EventSettings' })
export type EventSettingsBody = Static<typeof EventSettingsBody>

/** `PUT /events/{eventId}/card-systems`: those that are missing are disabled; names are ignored. */
export const EventCardSystemsRequest = Type.Array(EventCardSystemShape, {
  maxItems: LIST_LENGTH_MAX,
  title: 'EventCardSystemsRequest',
})
export type EventCardSystemsRequest = Static<typeof EventCardSystemsRequest>

/** `GET /events/{eventId}/card-systems`: those that are possible for the event, enabled or not. */
export const EventCardSystemsBody = Type.Array(
  Type.Object(
    {
      id: Type.Integer(),
      name: Type.Optional(Type.String()),
      enabled: Type.Boolean(),
      manualDistributionKeys: Type.Optional(
        Type.Array(Type.Object({ id: Type.Integer(), name: Type.Optional(Type.String()), enabled: Type.Boolean() })),
      ),
    },
    { title: 'EventCardSystem' },
  ),
)
export type EventCardSystemsBody = Static<typeof EventCardSystemsBody>
