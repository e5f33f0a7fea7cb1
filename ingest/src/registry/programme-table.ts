import { DEFAULT_PROGRAMME, isPassNumber, isUitpasNumber, type Programme, type ProgrammeBook, UITPAS } from '@zuil/core'

/** The programmes that were declared, and UiTPAS, as decisions look them up. */
export class ProgrammeTable implements ProgrammeBook {
  readonly #programmes = new Map<string, Programme>([[DEFAULT_PROGRAMME, UITPAS]])
  readonly #byCardSystem = new Map<number, string>()

  set(programme: Programme): void {
    for (const cardSystem of this.#programmes.get(programme.id)?.cardSystems ?? []) this.#byCardSystem.delete(cardSystem)
    this.#programmes.set(programme.id, programme)
    for (const cardSystem of programme.cardSystems) this.#byCardSystem.set(cardSystem, programme.id)
  }

  programme = (id: string): Programme | undefined => this.#programmes.get(id)

  programmeOf = (cardSystem: number): string => this.#byCardSystem.get(cardSystem) ?? DEFAULT_PROGRAMME

  /** Whether a text can be the number of a pass of any programme. */
  isPassNumber(text: string): boolean {
    if (isUitpasNumber(text)) return true
    for (const programme of this.#programmes.values()) if (isPassNumber(text, programme)) return true
    return false
  }
}
