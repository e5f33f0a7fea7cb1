/** Who sees to a step. */
export type OnboardingActor = 'municipality' | 'region' | 'counter' | 'technicians' | 'welfare'

export interface OnboardingStep {
  readonly id: string
  readonly by: OnboardingActor
  /** Weeks before (below 0) or after the launch. Judgement: no source gives them; a municipality may plan each step otherwise. */
  readonly weeks: number
}

/** What a municipality goes through to join, in its order. Source of the steps: "Wie doet wat" of the UiTPAS Meetjesland. */
export const ONBOARDING_STEPS = [
  { id: 'cost-estimate', by: 'region', weeks: -44 },
  { id: 'council', by: 'municipality', weeks: -40 },
  { id: 'working-group', by: 'municipality', weeks: -36 },
  { id: 'social-tariff', by: 'welfare', weeks: -30 },
  { id: 'agreement', by: 'region', weeks: -26 },
  { id: 'card-sales', by: 'municipality', weeks: -22 },
  { id: 'order', by: 'region', weeks: -20 },
  { id: 'infosession', by: 'municipality', weeks: -16 },
  { id: 'schools', by: 'municipality', weeks: -14 },
  { id: 'benefits', by: 'municipality', weeks: -12 },
  { id: 'devices', by: 'technicians', weeks: -6 },
  { id: 'offer', by: 'municipality', weeks: -5 },
  { id: 'training', by: 'counter', weeks: -4 },
  { id: 'communication', by: 'region', weeks: -3 },
  { id: 'launch', by: 'municipality', weeks: 0 },
  { id: 'evaluation', by: 'region', weeks: 26 },
] as const satisfies readonly OnboardingStep[]
export type OnboardingStepId = (typeof ONBOARDING_STEPS)[number]['id']

/** `late`: its day is over; `due`: it is within {@link DUE_DAYS}; `open`: nobody knows when. */
export type OnboardingState = 'done' | 'late' | 'due' | 'planned' | 'open'
/** A step shows as due so long before its day. */
export const DUE_DAYS = 28

/** Days since 1970 in Brussels; absent where nobody gave one. */
export interface StepDays {
  readonly planned?: number
  readonly done?: number
}

export interface StepStanding {
  readonly id: OnboardingStepId
  readonly by: OnboardingActor
  /** As planned, or reckoned back from the launch. */
  readonly planned?: number
  readonly isReckoned: boolean
  readonly done?: number
  readonly state: OnboardingState
}

/** Where each step stands. @param launch day of joining, from which days that nobody planned are reckoned; absent while it is not known */
export function onboardingStandings(
  kept: ReadonlyMap<string, StepDays>,
  { launch, today }: { readonly launch?: number; readonly today: number },
): readonly StepStanding[] {
  return ONBOARDING_STEPS.map(({ id, by, weeks }) => {
    const { planned: own, done } = kept.get(id) ?? {}
    const planned = own ?? (launch === undefined ? undefined : launch + weeks * 7)
    return {
      id,
      by,
      isReckoned: own === undefined && planned !== undefined,
      ...(planned !== undefined && { planned }),
      ...(done !== undefined && { done }),
      state: done !== undefined ? 'done' : stateOf(planned, today),
    }
  })
}

function stateOf(planned: number | undefined, today: number): OnboardingState {
  if (planned === undefined) return 'open'
  if (planned < today) return 'late'
  return planned <= today + DUE_DAYS ? 'due' : 'planned'
}
