/** Who may register without a card, on the web. */
export const CARDLESS_REGISTRATION_TYPES = ['ALL', 'REGULAR', 'SOCIALTARIFF', 'NONE'] as const
export type CardlessRegistrationType = (typeof CARDLESS_REGISTRATION_TYPES)[number]

export const CARD_TYPES = ['DIGITAL', 'NFC_CARD'] as const
export type CardType = (typeof CARD_TYPES)[number]

/** A card system (UiTPAS region): municipalities that share rules and cards. */
export interface CardSystem {
  readonly id: number
  readonly name: string
  readonly permanent: boolean
  readonly cities: readonly { readonly postalCode: string; readonly name: string; readonly nis: number }[]
  readonly branding?: { readonly logo?: string; readonly primaryColor?: string; readonly secondaryColor?: string }
  readonly website?: string
  readonly allowsCardlessRegistration?: boolean
  readonly cardlessRegistrationType?: CardlessRegistrationType
  readonly socialTariffInfo?: string
  /** Absent: the registry does not know them. */
  readonly citySettings?: readonly CitySettings[]
  readonly membershipPrices?: readonly MembershipPrice[]
}

/** What a card system does otherwise in one of its cities. */
export interface CitySettings {
  readonly postalCode: string
  readonly allowsCardlessRegistration: boolean
  readonly contactEmail: string
}

/** What a membership costs, in euro, without regard to who asks. */
export interface MembershipPrice {
  readonly cardType: CardType
  readonly price: number
  readonly label: string
  readonly description: string
}
