/** What the mapping of a document needs to know of the rest of the registry. */
export interface RegistryContext {
  /** NIS code of the municipality of a postal code; the name of the town decides where a code has several. 0 when unknown. */
  nisOf(postalCode: string, town: string): number
  /** Ids of the card systems of an organizer, empty when it is unknown. */
  cardSystemsOf(organizer: string): readonly number[]
}
