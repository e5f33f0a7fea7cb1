import type { Link } from './link.ts'

/** A number with its name and what it stands beside, ready to print. */
export interface KeyFigure {
  readonly id: string
  readonly label: string
  /** With its unit: `23,4%`. */
  readonly value: string
  /** What the number stands beside: a share, a time, another period; may be empty. */
  readonly note: string
  readonly isWithheld?: boolean
  /** Where it is explained. */
  readonly definition?: Link
}
