import Type, { type Static } from 'typebox'

const Format = Type.Enum(['pdf', 'zip'])

/** `GET /events/{eventId}/qr-checkincodes/download-link`. */
export const QrLinkPath = Type.Object({ eventId: Type.String({ minLength: 1, maxLength: 100 }) })
export type QrLinkPath = Static<typeof QrLinkPath>

export const QrLinkQuery = Type.Object({ format: Type.Optional(Format) })
export type QrLinkQuery = Static<typeof QrLinkQuery>

export const DownloadLinkBody = Type.Object({ downloadLink: Type.String() }, { title: 'DownloadLinkResponse' })
export type DownloadLinkBody = Static<typeof DownloadLinkBody>

/** What the link leads to; signed, so it needs no token. */
export const QrDownloadQuery = Type.Object({
  format: Format,
  until: Type.String({ pattern: '^\\d{1,15}$' }),
  signature: Type.String({ pattern: '^[0-9a-f]{32}$' }),
})
export type QrDownloadQuery = Static<typeof QrDownloadQuery>
