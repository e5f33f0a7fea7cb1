import { isUitpasNumber } from '../identifiers.ts'
import { isPassNumber } from '../programme.ts'
import type { RegistryContext } from './context.ts'
import type { Faults } from './shape.ts'

interface NumberedInSystem {
  readonly cardSystem: { readonly id: number }
  readonly uitpasNumber?: string
}

/** What of a passholder's document says of which programme it is. */
export interface PassholderPasses {
  readonly programme?: string
  readonly cardSystemMemberships: readonly (NumberedInSystem & { readonly currentCard?: { readonly uitpasNumber: string } })[]
  readonly cards?: readonly NumberedInSystem[]
}

/** A passholder has passes of one programme: who is in two of them has an id in each. */
export function checkPassholderProgramme(document: PassholderPasses, faults: Faults, context: RegistryContext): void {
  const { cardSystemMemberships: memberships, cards = [] } = document
  const numbered = [
    ...memberships.map(({ cardSystem, uitpasNumber }, index) => ({
      uitpasNumber,
      cardSystem: cardSystem.id,
      pointer: `/cardSystemMemberships/${index}/uitpasNumber`,
    })),
    ...memberships.map(({ cardSystem, currentCard }, index) => ({
      uitpasNumber: currentCard?.uitpasNumber,
      cardSystem: cardSystem.id,
      pointer: `/cardSystemMemberships/${index}/currentCard/uitpasNumber`,
    })),
    ...cards.map(({ cardSystem, uitpasNumber }, index) => ({
      uitpasNumber,
      cardSystem: cardSystem.id,
      pointer: `/cards/${index}/uitpasNumber`,
    })),
  ]
  for (const number of numbered) checkPassNumber(number, faults, context)
  const found = new Set(numbered.map(({ cardSystem }) => context.programmes.programmeOf(cardSystem)))
  const [programme, ...others] = found
  if (others.length > 0) {
    faults.add('/cardSystemMemberships', `The card systems are of several programmes: ${[...found].join(', ')}.`)
  }
  if (document.programme === undefined) return
  if (!context.programmes.programme(document.programme)) {
    faults.add('/programme', 'The data must name a programme of the registry.')
  } else if (programme !== document.programme) {
    faults.add('/cardSystemMemberships', `A card system of programme ${document.programme} is needed.`)
  }
}

export interface NumberedPass {
  readonly uitpasNumber: string | undefined
  readonly cardSystem: number
  readonly pointer: string
}

/** Of a UiTPAS number the digits count and not the check digit: cards that are out are out. */
export function checkPassNumber(
  { uitpasNumber, cardSystem, pointer }: NumberedPass,
  faults: Faults,
  { programmes }: RegistryContext,
): void {
  if (uitpasNumber === undefined) return
  const programme = programmes.programme(programmes.programmeOf(cardSystem))
  const passNumbers = programme?.passNumbers ?? 'UITPAS'
  if (passNumbers === 'UITPAS') {
    if (!isUitpasNumber(uitpasNumber, { checkDigit: false })) faults.add(pointer, 'The string should match pattern: ^[0-9]{13}$')
  } else if (!isPassNumber(uitpasNumber, { passNumbers })) {
    faults.add(pointer, `The data is no number of a pass of programme ${programme?.id}.`)
  }
}
