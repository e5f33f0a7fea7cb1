import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith } from './part.ts'

const HAD_ONE = { predecessor: ['YES'] } as const

export const b15PredecessorCard: Measure = {
  id: 'B15',
  slug: 'predecessor-card',
  perspective: 'REGION',
  names: {
    nl: 'Van een oudere kaart naar de pas',
    fr: "D'une carte plus ancienne au pass",
    en: 'From an older card to the pass',
  },
  definition: {
    nl: 'Van de nieuwe pashouders: hoeveel eerder een kaart van een ander programma hadden (zoals een Beleefpas), en hoeveel van hen in dezelfde periode deelnamen.',
    fr: "Parmi les nouveaux titulaires : combien avaient déjà une carte d'un autre programme (comme un Beleefpas), et combien d'entre eux ont participé durant la même période.",
    en: 'Of the new passholders: how many had a card of another programme before (such as a Beleefpas), and how many of those took part in the same period.',
  },
  population: {
    nl: 'Pashouders met hun eerste geldige dag in de periode.',
    fr: 'Titulaires dont le premier jour valable tombe dans la période.',
    en: 'Passholders whose first valid day is in the period.',
  },
  coverage: notes(COVERAGE.registry, {
    nl: 'Een kaart van vroeger is bekend waar dezelfde persoon in het register bleef, of waar de punten ervan naar de pas gingen. Wie zonder punten opnieuw begon, telt als iemand zonder kaart.',
    fr: "Une carte antérieure est connue là où la même personne est restée au registre, ou là où ses points sont passés au pass. Qui a recommencé sans points compte comme quelqu'un sans carte.",
    en: 'An earlier card is known where the same person stayed in the registry, or where its points went to the pass. Whoever began anew without points counts as somebody without a card.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'had-predecessor',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'met een oudere kaart', fr: 'avec une carte plus ancienne', en: 'with an older card' },
      share: shareWith('registrations', HAD_ONE),
    },
    {
      id: 'from-predecessor',
      kind: 'COUNT',
      unit: 'COUNT',
      names: {
        nl: 'nieuwe pashouders met een oudere kaart',
        fr: 'nouveaux titulaires avec une carte plus ancienne',
        en: 'new passholders with an older card',
      },
      of: people('registrations', HAD_ONE),
    },
    {
      id: 'active-with',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'actief, met een oudere kaart', fr: 'actifs, avec une carte plus ancienne', en: 'active, with an older card' },
      share: shareWith('registrations', { activity: ['ACTIVE'] }, HAD_ONE),
    },
    {
      id: 'active-without',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'actief, zonder oudere kaart', fr: 'actifs, sans carte plus ancienne', en: 'active, without an older card' },
      share: shareWith('registrations', { activity: ['ACTIVE'] }, { predecessor: ['NO'] }),
    },
  ],
}
