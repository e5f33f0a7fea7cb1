import { type Coupon, type DistributionKey, entityId, type TariffBook } from '@zuil/core'

const NO_KEYS: readonly DistributionKey[] = []

/** Distribution keys and coupons, as tariffs look them up. */
export class TariffTable implements TariffBook {
  readonly #keys = new Map<number, DistributionKey>()
  /** By card system, without those of coupons. */
  readonly #byCardSystem = new Map<number, readonly DistributionKey[]>()
  readonly #coupons = new Map<string, Coupon>()

  setKey(key: DistributionKey): void {
    const prior = this.#keys.get(key.id)
    this.#keys.set(key.id, key)
    if (prior) this.#drop(prior)
    if (key.kind !== 'COUPON') this.#byCardSystem.set(key.cardSystem, [...this.keysOf(key.cardSystem), key])
  }

  setCoupon(coupon: Coupon): void {
    this.#coupons.set(entityId(coupon.id), coupon)
  }

  keysOf = (cardSystem: number): readonly DistributionKey[] => this.#byCardSystem.get(cardSystem) ?? NO_KEYS

  key = (id: number): DistributionKey | undefined => this.#keys.get(id)

  coupon = (id: string): Coupon | undefined => this.#coupons.get(entityId(id))

  #drop({ id, cardSystem }: DistributionKey): void {
    this.#byCardSystem.set(
      cardSystem,
      this.keysOf(cardSystem).filter((key) => key.id !== id),
    )
  }
}
