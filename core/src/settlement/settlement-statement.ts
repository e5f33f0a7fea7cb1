import type { SettlementLine, SettlementShare } from './settlement.ts'

/** What one municipality pays, receives and bears, in cents; corrections of earlier periods included. */
export interface MunicipalityStatement {
  readonly nis: number
  /** Tickets of its residents. */
  readonly tickets: number
  /** Shares of the local government in them: what it pays for its residents. */
  readonly paid: number
  /** Of this at organizers in the municipality itself, and in others. */
  readonly paidInOwn: number
  readonly paidElsewhere: number
  /** What others pay for their residents at organizers in this municipality. */
  readonly received: number
  /** `received` without `paidElsewhere`: how its offer is used by others, against how its residents use that of others. */
  readonly net: number
  /** What it pays to organizers by the agreement. */
  readonly advanced: number
  /** What it bears by the agreement. */
  readonly borne: number
  /** `advanced` without `borne`: positive is paid to it, negative is paid by it. All balances together are 0. */
  readonly balance: number
}

/** One row for each municipality that has to do with the settlement, by NIS code; 0 stands for who is unknown. */
export function municipalityStatements(settlement: {
  readonly lines: readonly SettlementLine[]
  readonly shares: readonly SettlementShare[]
}): readonly MunicipalityStatement[] {
  const statements = new Map<number, { -readonly [K in keyof MunicipalityStatement]: MunicipalityStatement[K] }>()
  const of = (nis: number) => {
    const statement = statements.get(nis) ?? { nis, ...NOTHING }
    statements.set(nis, statement)
    return statement
  }
  for (const { payer, host, tickets, localGovernment } of settlement.lines) {
    const statement = of(payer)
    statement.tickets += tickets
    statement.paid += localGovernment
    if (payer === host) {
      statement.paidInOwn += localGovernment
    } else {
      statement.paidElsewhere += localGovernment
      of(host).received += localGovernment
    }
  }
  for (const { nis, advanced, borne } of settlement.shares) {
    const statement = of(nis)
    statement.advanced += advanced
    statement.borne += borne
  }
  for (const statement of statements.values()) {
    statement.net = statement.received - statement.paidElsewhere
    statement.balance = statement.advanced - statement.borne
  }
  return [...statements.values()].sort((a, b) => a.nis - b.nis)
}

const NOTHING = {
  tickets: 0,
  paid: 0,
  paidInOwn: 0,
  paidElsewhere: 0,
  received: 0,
  net: 0,
  advanced: 0,
  borne: 0,
  balance: 0,
}

/** A payment between two municipalities, in cents, more than 0. */
export interface SettlementTransfer {
  readonly from: number
  readonly to: number
  readonly cents: number
}

/** Payments that bring all balances to 0: who owes most pays who is owed most, so there are fewer of them than municipalities. */
export function transfersOf(
  statements: readonly Pick<MunicipalityStatement, 'nis' | 'balance'>[],
): readonly SettlementTransfer[] {
  const open = statements.map(({ nis, balance }) => ({ nis, left: balance }))
  const transfers: SettlementTransfer[] = []
  for (;;) {
    const from = extreme(open, (a, b) => a.left < b.left)
    const to = extreme(open, (a, b) => a.left > b.left)
    if (!from || !to || from.left >= 0 || to.left <= 0) return transfers
    const cents = Math.min(-from.left, to.left)
    transfers.push({ from: from.nis, to: to.nis, cents })
    from.left += cents
    to.left -= cents
  }
}

/** The first of equal ones, so that the same balances give the same payments. */
function extreme<T>(items: readonly T[], isFurther: (a: T, b: T) => boolean): T | undefined {
  return items.reduce<T | undefined>((found, item) => (found === undefined || isFurther(item, found) ? item : found), undefined)
}
