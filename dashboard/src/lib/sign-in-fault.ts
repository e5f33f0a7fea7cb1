/** Why somebody came back without being signed in, as it stands in the address. */
export const SIGN_IN_FAULTS = {
  refused: 'geweigerd',
  expired: 'verlopen',
  unavailable: 'later',
  'too-often': 'vaak',
} as const
export type SignInFault = keyof typeof SIGN_IN_FAULTS

export const FAULT_PARAMETER = 'reden'

/** An unknown or missing reason is that it took too long. */
export function signInFaultOf(parameters: Pick<URLSearchParams, 'get'>): SignInFault {
  const word = parameters.get(FAULT_PARAMETER)
  // `as` holds: the keys of the table are the faults.
  const faults = Object.keys(SIGN_IN_FAULTS) as SignInFault[]
  return faults.find((fault) => SIGN_IN_FAULTS[fault] === word) ?? 'expired'
}
