import Type, { type Static } from 'typebox'

/** RFC 7807, `application/problem+json`. Routes may add members (`cardStatus`, `passholderId`, `passType`, `jsonPointer`). */
export const ProblemBody = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    endUserMessage: Type.Optional(
      Type.Object({ nl: Type.String(), fr: Type.Optional(Type.String()), en: Type.Optional(Type.String()) }),
    ),
    schemaErrors: Type.Optional(Type.Array(Type.Object({ jsonPointer: Type.String(), error: Type.String() }))),
  },
  { additionalProperties: true, title: 'Error' },
)
export type ProblemBody = Static<typeof ProblemBody>
