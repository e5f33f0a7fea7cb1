/** A card system (UiTPAS region): municipalities that share rules and cards. */
export interface CardSystem {
  readonly id: number
  readonly name: string
  readonly permanent: boolean
  readonly cities: readonly { readonly postalCode: string; readonly name: string; readonly nis: number }[]
  readonly branding?: { readonly logo?: string; readonly primaryColor?: string; readonly secondaryColor?: string }
  readonly website?: string
}
