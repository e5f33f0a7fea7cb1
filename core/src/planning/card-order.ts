/** Cards come in packages of so many (UiTPAS: packages of 50). */
export const CARDS_PER_PACKAGE = 50
/** Part of the passholders whose card is lost or breaks within a year. Judgement. */
export const REPLACED_A_YEAR = 0.05
/** Weeks of use that lie ready beside what is expected, for a campaign or a late delivery. Judgement. */
export const SAFETY_WEEKS = 4
/** Weeks that an order is for: the same every year. */
export const ORDER_WEEKS = 52

const WEEKS_A_YEAR = 52

export interface CardStock {
  readonly stock: number
  readonly newHoldersAYear: number
  readonly holders: number
  /** From order to counter. */
  readonly deliveryWeeks: number
}

export interface CardForecast {
  readonly cardsAWeek: number
  /** Until there is none left; absent while none are used. */
  readonly weeksLeft?: number
  /** Whether to order now: what is left does not last until the next delivery and the safety beyond it. */
  readonly isDue: boolean
  /** Cards to order, whole packages: for a year beyond delivery, with the safety. */
  readonly order: number
}

/** When cards run out, and how many to order. */
export function cardForecast({ stock, newHoldersAYear, holders, deliveryWeeks }: CardStock): CardForecast {
  const cardsAWeek = (newHoldersAYear + REPLACED_A_YEAR * holders) / WEEKS_A_YEAR
  if (cardsAWeek === 0) return { cardsAWeek, isDue: false, order: 0 }
  const wanted = cardsAWeek * (deliveryWeeks + SAFETY_WEEKS + ORDER_WEEKS) - stock
  return {
    cardsAWeek,
    weeksLeft: stock / cardsAWeek,
    isDue: stock < cardsAWeek * (deliveryWeeks + SAFETY_WEEKS),
    order: Math.ceil(Math.max(0, wanted) / CARDS_PER_PACKAGE) * CARDS_PER_PACKAGE,
  }
}
