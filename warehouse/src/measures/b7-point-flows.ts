import type { Measure } from './measure.ts'
import { spread, sum } from './part.ts'

export const b7PointFlows: Measure = {
  id: 'B7',
  slug: 'point-flows',
  perspective: 'REGION',
  names: {
    nl: 'Waar punten gespaard en geruild worden',
    fr: "Où les points s'épargnent et s'échangent",
    en: 'Where points are saved and redeemed',
  },
  definition: {
    nl: 'Geruilde punten per gemeente waar ze gespaard waren en gemeente waar ze geruild zijn. Wat iemand eerst spaart, ruilt die eerst.',
    fr: "Points échangés par commune où ils avaient été épargnés et commune où ils sont échangés. Ce qu'on épargne d'abord, on l'échange d'abord.",
    en: 'Points redeemed by the municipality where they had been saved and the one where they were redeemed. What somebody saves first is redeemed first.',
  },
  population: {
    nl: 'Pashouders die in de periode punten ruilden, met hun woonplaats.',
    fr: 'Titulaires qui ont échangé des points pendant la période, selon leur domicile.',
    en: 'Passholders who redeemed points in the period, by where they live.',
  },
  coverage: {
    nl: 'Punten die niet uit een check-in komen, en plaatsen die niet bekend zijn, staan onder 0.',
    fr: "Les points qui ne viennent pas d'un check-in et les lieux inconnus sont sous 0.",
    en: 'Points that no check-in gave, and places that are not known, stand under 0.',
  },
  unit: 'POINTS',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [[], ['origin'], ['destination'], ['origin', 'destination']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'points',
      kind: 'COUNT',
      unit: 'POINTS',
      names: { nl: 'geruilde punten', fr: 'points échangés', en: 'points redeemed' },
      of: sum('point-flows', 'points'),
    },
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: {
        nl: 'deel van wat in die gemeente geruild is',
        fr: 'part de ce qui est échangé dans cette commune',
        en: 'share of what was redeemed in that municipality',
      },
      dimensions: [['origin'], ['origin', 'destination']],
      share: spread('point-flows', 'points', ['origin']),
    },
  ],
}
