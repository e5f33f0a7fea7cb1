/** What a simulated population is made from: the same four facts give the same people, to the byte. */
export interface Population {
  readonly seed: number
  readonly passholders: number
  readonly events: number
  readonly organizers: number
}

/** Subjects of draws, so that two properties of one member never depend on one number. */
export const SUBJECT = {
  passholderId: 1,
  eventId: 2,
  organizerId: 3,
  home: 4,
  postalCode: 5,
  firstName: 6,
  lastName: 7,
  gender: 8,
  socialTariff: 9,
  secondMembership: 10,
  replacedCard: 11,
  insz: 12,
  street: 13,
  theme: 14,
  placeId: 15,
  digitalCard: 16,
} as const
