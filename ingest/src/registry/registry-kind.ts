/** Kinds that `PUT /registry/{kind}` takes. */
export const REGISTRY_KINDS = [
  'municipalities',
  'card-systems',
  'organizers',
  'events',
  'passholders',
  'group-passes',
  'cards',
  'rewards',
  'kiosks',
  'clients',
] as const
export type RegistryKind = (typeof REGISTRY_KINDS)[number]

export function isRegistryKind(text: string): text is RegistryKind {
  return REGISTRY_KINDS.some((kind) => kind === text)
}
