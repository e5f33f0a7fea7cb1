import { SOCIAL_TARIFF_ID, SOCIAL_TARIFF_NAME } from '@zuil/core'
import type { OrganizerSale } from '@zuil/warehouse'
import type { AnswerColumn, AnswerTable, AnswerValue } from '../formats/answer-table.ts'
import { fileNamePart } from '../formats/file-name.ts'

/** Whose sales, and of when. Days as `yyyy-mm-dd`, both included. */
export interface FinancialReportFacts {
  readonly organizer: string
  /** Names of the card systems that the report keeps to; empty: all. */
  readonly cardSystems: readonly string[]
  readonly firstDay: string
  readonly lastDay: string
  /** Epoch ms until which everything that was accepted is in the report. */
  readonly freshUntil: number
  /** Names of municipalities by NIS code. */
  readonly municipalities: ReadonlyMap<number, string>
}

/** The share of a government in a ticket. */
type Share = 'localGovernment' | 'flemishGovernment'

/**
 * A table for each government: for a municipality every ticket of its residents with its share, for the Flemish government the tickets that
 * it has a share in. In the order of NIS codes; holders from abroad or nowhere come first and have a table of their own. No names, no numbers
 * of cards: the id of a sale leads to them for who may ask for it.
 */
export function financialReportTables(sales: readonly OrganizerSale[], facts: FinancialReportFacts): readonly AnswerTable[] {
  const byPayer = Map.groupBy(sales, ({ payer }) => payer)
  const flemish = sales.filter(({ flemishGovernment }) => flemishGovernment > 0)
  return [
    ...[...byPayer]
      .sort(([a], [b]) => a - b)
      .map(([payer, theirs]) => {
        const name = municipalityOf(payer, facts)
        return table(theirs, { name, file: payer === 0 ? name : `${payer}-${name}`, share: 'localGovernment', facts })
      }),
    ...(flemish.length === 0
      ? []
      : [table(flemish, { name: FLEMISH_GOVERNMENT, file: FLEMISH_GOVERNMENT, share: 'flemishGovernment', facts })]),
  ]
}

const FLEMISH_GOVERNMENT = 'Vlaamse overheid'
const UNKNOWN_HOME = 'Onbekende woonplaats'
const TOTAL = 'Totaal'

const COLUMNS: readonly AnswerColumn[] = [
  text('Verkoop', 'Nummer van de verkoop, zoals bij het registreren gegeven.'),
  text('Datum en uur', 'Wanneer het ticket verkocht is, tijd in Brussel.'),
  text('Activiteit', 'Titel zoals de activiteit nu heet.'),
  text('Activiteit-id', 'Nummer van de activiteit in UiTdatabank.'),
  text('Gemeente van de activiteit', 'Waar de activiteit doorgaat.'),
  text('Woonplaats', 'Gemeente waar de pashouder woonde toen het ticket verkocht werd; fusiegemeenten heten zoals nu.'),
  text('Groepspas', 'Ja: verkocht op een groepspas.'),
  text('Tarief', 'Tarief waaraan verkocht is.'),
  text('Verdeelsleutel', 'Regel die de prijs verdeelde.'),
  text('Prijslabel', 'Naam van de basisprijs.'),
  text('Geregistreerd via', 'Toepassing die het ticket verkocht.'),
  amount('Basisprijs', 'Prijs zonder UiTPAS, in euro: de som van de vier kolommen hierna.'),
  amount('Deelnemer', 'Wat de deelnemer betaalde, in euro.'),
  amount('Aandeel organisator', 'In euro.'),
  amount('Aandeel gemeente', 'In euro, ten laste van de woonplaats.'),
  amount('Aandeel Vlaamse overheid', 'In euro.'),
  amount('Te vergoeden', 'Wat deze overheid aan de organisator vergoedt, in euro.'),
]

interface TableOptions {
  readonly name: string
  readonly file: string
  readonly share: Share
  readonly facts: FinancialReportFacts
}

function table(sales: readonly OrganizerSale[], { name, file, share, facts }: TableOptions): AnswerTable {
  const { organizer, cardSystems, firstDay, lastDay, freshUntil } = facts
  const amountsOf = (sale: OrganizerSale) => [...SHARES.map((of) => sale[of]), sale[share]]
  // Whole cents are added, and become euro at the very end.
  const totals = sales.reduce(
    (sums, sale) => amountsOf(sale).map((cents, index) => (sums[index] ?? 0) + cents),
    [] as readonly number[], // of no sale
  )
  const texts = COLUMNS.length - totals.length
  return {
    name: fileNamePart(file),
    columns: COLUMNS,
    rows: [
      ...sales.map((sale) => [...textsOf(sale, facts), ...amountsOf(sale).map(euro)]),
      [TOTAL, ...Array<AnswerValue>(texts - 1).fill(''), ...totals.map(euro)],
    ],
    facts: {
      Organisator: organizer,
      Overheid: name,
      Periode: `${firstDay} – ${lastDay}`,
      Kaartsystemen: cardSystems.length === 0 ? 'Alle' : cardSystems.join(', '),
      Verkopen: String(sales.length),
      Stand: `${MOMENT.format(freshUntil)}: wat daarna verkocht of geannuleerd werd, staat er niet in. Geannuleerde verkopen zijn weggelaten.`,
    },
  }
}

const SHARES = ['regularPrice', 'participant', 'organizerShare', 'localGovernment', 'flemishGovernment'] as const

function textsOf(sale: OrganizerSale, facts: FinancialReportFacts): readonly string[] {
  return [
    sale.id,
    MOMENT.format(sale.soldAt),
    sale.title,
    sale.event,
    sale.venue === 0 ? '' : municipalityOf(sale.venue, facts),
    municipalityOf(sale.payer, facts),
    sale.isGroupPass ? 'Ja' : 'Nee',
    sale.tariff === SOCIAL_TARIFF_ID ? SOCIAL_TARIFF_NAME : sale.tariff,
    sale.key,
    sale.label,
    sale.client,
  ]
}

function municipalityOf(nis: number, { municipalities }: FinancialReportFacts): string {
  return nis === 0 ? UNKNOWN_HOME : (municipalities.get(nis) ?? String(nis))
}

/** `2026-11-22 14:03`. */
const MOMENT = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels', dateStyle: 'short', timeStyle: 'short' })

function text(id: string, description: string): AnswerColumn {
  return { id, kind: 'text', description }
}

function amount(id: string, description: string): AnswerColumn {
  return { id, kind: 'number', description }
}

/** The number nearest to so many euro: its shortest text is the amount, to the cent. */
function euro(cents: number): number {
  return cents / 100
}
