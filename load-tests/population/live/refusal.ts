/**
 * Refusals that belong to life, by the code of the problem, with what happened. The plan does not look ahead for them: people do
 * not know their limits either. Any other refusal is a fault, of the plan or of the installation.
 */
export const FORESEEN: Readonly<Record<string, string>> = {
  'checkin-not-allowed': 'came again before points can be saved again',
  'maximum-reached': 'came again at the kiosk, or the tickets of the period are used up',
  'invalid-number-of-tickets': 'wanted more tickets than the period has left',
  'social-tariff-not-available': 'asked for the social tariff without a right to it here',
  'social-tariff-expired': 'asked for the social tariff after it had ended',
  'social-tariff-suspended': 'asked for the social tariff while it is suspended',
  'reward-volume-constraint': 'the reward is all given out',
  'reward-passholder-volume-constraint': 'had the reward in this period already',
  'reward-passholder-points-constraint': 'spent the points somewhere else meanwhile',
}
