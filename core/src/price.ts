/** Highest price of a ticket, in cents: a hundred thousand euro, so that a mistyped one is told apart. */
export const PRICE_CENTS_MAX = 10_000_000

const DECIMAL = /^(\d{1,6})(?:\.(\d{1,20}))?$/

/**
 * Cents of an amount in euro, a number or a text like `"10.00"`: real clients send both. More than two decimals are rounded,
 * halves up. Undefined for what is no amount from 0 to {@link PRICE_CENTS_MAX}.
 */
export function parsePrice(amount: number | string): number | undefined {
  const match = DECIMAL.exec(String(amount))
  if (!match) return undefined
  const decimals = (match[2] ?? '').padEnd(3, '0')
  const cents = Number(match[1]) * 100 + Number(decimals.slice(0, 2)) + (decimals.charAt(2) >= '5' ? 1 : 0)
  return cents <= PRICE_CENTS_MAX ? cents : undefined
}

/** Euro of an amount in cents, as the API shows it. */
export function priceInEuro(cents: number): number {
  return cents / 100
}
