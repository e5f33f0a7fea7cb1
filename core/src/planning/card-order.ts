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
    order: packages(wanted),
  }
}

export interface PlannedOrder {
  /** Weeks from now until it has to go out. */
  readonly inWeeks: number
  /** Whole packages, for a year each time. */
  readonly cards: number
}

/** The orders of the coming weeks, each when what is left would just last until it is there with the safety to spare. */
export function plannedOrders(asked: CardStock, weeks: number): readonly PlannedOrder[] {
  const { cardsAWeek } = cardForecast(asked)
  if (cardsAWeek === 0) return []
  const least = cardsAWeek * (asked.deliveryWeeks + SAFETY_WEEKS)
  const orders: PlannedOrder[] = []
  let { stock } = asked
  for (let inWeeks = 0; ; ) {
    const wait = Math.max(0, (stock - least) / cardsAWeek)
    inWeeks += wait
    if (inWeeks > weeks) return orders
    stock -= wait * cardsAWeek
    const cards = packages(least + cardsAWeek * ORDER_WEEKS - stock)
    orders.push({ inWeeks, cards })
    stock += cards
  }
}

export interface StockCount {
  readonly day: number
  /** Counted by hand at the end of that day. */
  readonly cards: number
  /** Came in since the count before. */
  readonly received: number
}

/** Cards a week that went out between two counts; below 0 when a delivery was forgotten. Undefined within a week. */
export function measuredUse(before: StockCount, after: StockCount): number | undefined {
  const weeks = (after.day - before.day) / 7
  return weeks < 1 ? undefined : (before.cards + after.received - after.cards) / weeks
}

function packages(cards: number): number {
  return Math.ceil(Math.max(0, cards) / CARDS_PER_PACKAGE) * CARDS_PER_PACKAGE
}
