import type { CardStatus, Holder } from '../holder.ts'

/** A passholder or group pass as the registry takes it in; the dense numbers are given out there. */
export interface PassEntry {
  readonly holder: Omit<Holder, 'number'>
  /** Every card by its UiTPAS number, the replaced ones too. */
  readonly cards: readonly CardEntry[]
  readonly identity: Identity
}

export interface CardEntry {
  readonly uitpasNumber: string
  /** Upper case; absent for a digital card. */
  readonly chipNumber?: string
  readonly cardType: 'NFC_CARD' | 'DIGITAL'
  readonly status: CardStatus
  readonly cardSystem: number
}

/** What names a person. It stays in the registry, encrypted. */
export interface Identity {
  /** Passholder or group pass id, as sent. */
  readonly id: string
  /** Empty for a group pass. */
  readonly firstName: string
  /** Family name, or the name of the group. */
  readonly name: string
  /** `yyyy-mm-dd`; empty when unknown. */
  readonly dateOfBirth: string
  readonly gender: 'MALE' | 'FEMALE' | 'X' | ''
  /** Empty when unknown. */
  readonly inszNumber: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
  /** Number of the oldest active membership that has an active card; empty without one. */
  readonly uitpasNumber: string
}
