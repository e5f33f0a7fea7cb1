import type { PlaceKind } from './cube.ts'

/** A place that figures are about. */
export type FigurePlace =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'REGION'; readonly cardSystem: number }
  | { readonly kind: 'MUNICIPALITY'; readonly nis: number }
  | { readonly kind: 'ORGANIZER'; readonly organizer: string }

/** How a place is written, see {@link PlaceKind}. */
export function placeText(place: FigurePlace): string {
  switch (place.kind) {
    case 'ALL':
      return 'all'
    case 'REGION':
      return `region:${place.cardSystem}`
    case 'MUNICIPALITY':
      return `municipality:${place.nis}`
    case 'ORGANIZER':
      return `organizer:${place.organizer}`
  }
}

const WRITTEN = /^(all|region|municipality|organizer)(?::(.+))?$/

/** The place that a text names, or undefined. */
export function parsePlace(text: string): FigurePlace | undefined {
  const [, kind, id] = WRITTEN.exec(text) ?? []
  if (kind === 'all') return id === undefined ? { kind: 'ALL' } : undefined
  if (id === undefined) return undefined
  if (kind === 'organizer') return { kind: 'ORGANIZER', organizer: id }
  if (!/^\d{1,9}$/.test(id)) return undefined
  return kind === 'region' ? { kind: 'REGION', cardSystem: Number(id) } : { kind: 'MUNICIPALITY', nis: Number(id) }
}

/** Kind of the place that a text names, or undefined. */
export function placeKindOf(text: string): PlaceKind | undefined {
  return parsePlace(text)?.kind
}
