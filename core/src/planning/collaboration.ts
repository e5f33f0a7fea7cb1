/** How the municipalities of a region work together, from little to much. */
export const SCENARIOS = ['minimal', 'informal', 'formal'] as const
export type Scenario = (typeof SCENARIOS)[number]

/** What a scenario asks: that it is agreed, that it would be well if it were, or nothing. */
export type AgreementNeed = 'asked' | 'welcome' | 'none'

const ALWAYS = { minimal: 'asked', informal: 'asked', formal: 'asked' } as const
const FROM_INFORMAL = { minimal: 'none', informal: 'asked', formal: 'asked' } as const

/** What regions agree on, by what each scenario asks of it. Source: "Regionale samenwerking: drie scenario's" of the UiTPAS. */
export const REGION_AGREEMENTS = {
  'offer-open': ALWAYS,
  'exchange-benefits': ALWAYS,
  'cost-sharing': ALWAYS,
  'same-target-group': ALWAYS,
  retribution: ALWAYS,
  meetings: ALWAYS,
  communication: FROM_INFORMAL,
  'group-purchases': FROM_INFORMAL,
  'target-groups': FROM_INFORMAL,
  coordinator: FROM_INFORMAL,
  'yearly-report': { minimal: 'welcome', informal: 'asked', formal: 'asked' },
  // asked of an informal region only where the work is embedded nowhere else
  'task-division': { minimal: 'none', informal: 'welcome', formal: 'asked' },
  'leisure-vision': { minimal: 'none', informal: 'none', formal: 'asked' },
} as const satisfies Readonly<Record<string, Readonly<Record<Scenario, AgreementNeed>>>>
export type RegionAgreement = keyof typeof REGION_AGREEMENTS

// `as` holds: the keys of the table are its ids
export const REGION_AGREEMENT_IDS = Object.keys(REGION_AGREEMENTS) as readonly RegionAgreement[]

/** What the scenario asks and the region has not agreed, in the order of the list. */
export function missingAgreements(scenario: Scenario, agreed: readonly RegionAgreement[]): readonly RegionAgreement[] {
  return REGION_AGREEMENT_IDS.filter((id) => REGION_AGREEMENTS[id][scenario] === 'asked' && !agreed.includes(id))
}
