/** What an annotation is about; `other` needs its text. */
export const ANNOTATION_KINDS = ['campaign', 'joined', 'renewal', 'closed', 'other'] as const
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number]

/** Why an annotation was not kept. */
export const ANNOTATION_FAULTS = ['place', 'kind', 'day', 'order', 'text', 'full'] as const
export type AnnotationFault = (typeof ANNOTATION_FAULTS)[number]

export const ANNOTATIONS_PATH = '/aantekeningen'
/** Letters: what still stands below a figure on one or two lines. */
export const ANNOTATION_TEXT_MAX = 140

/** Fields of the form, as they stand in the address when something was wrong with them. */
export const ANNOTATION_FIELDS = {
  place: 'plaats',
  kind: 'soort',
  first: 'van',
  last: 'tot',
  text: 'tekst',
  fault: 'fout',
  id: 'nummer',
} as const
