import Type, { type Static } from 'typebox'
import { parseDay } from '../brussels.ts'
import { isUitpasNumber } from '../identifiers.ts'
import { DEFAULT_PROGRAMME, type OwnNumbers, type Programme } from '../programme.ts'
import type { RegistryContext } from './context.ts'
import { EventSettingsShape, PeriodLimitShape } from './event-settings.ts'
import { CardSystemRef, Day, type Faults, LIST_LENGTH_MAX, ProgrammeName, parserOf } from './shape.ts'

/** Prefix and digits of an own number together are about as long as the longest numbers on cards. */
const PREFIX_LENGTH_MAX = 8
const DIGITS_MAX = 14
const AGE_MAX = 130
const NAME_LENGTH_MAX = 100

const Name = Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX })
const Age = Type.Integer({ minimum: 0, maximum: AGE_MAX })
const Flag = Type.Optional(Type.Boolean())

const OwnNumbersShape = Type.Object({
  prefix: Type.Optional(Type.String({ pattern: `^[A-Z0-9-]{0,${PREFIX_LENGTH_MAX}}$` })),
  digits: Type.Integer({ minimum: 1, maximum: DIGITS_MAX }),
  checkDigit: Flag,
})

/** Ours: no official shape exists. */
const Shape = Type.Object({
  id: ProgrammeName,
  names: Type.Object({ nl: Name, fr: Type.Optional(Name), en: Type.Optional(Name) }),
  cardSystems: Type.Array(CardSystemRef, { maxItems: LIST_LENGTH_MAX }),
  passNumbers: Type.Optional(Type.Union([Type.Enum(['UITPAS', 'NONE']), OwnNumbersShape])),
  points: Flag,
  rewards: Flag,
  tariffs: Flag,
  checkinPoints: Type.Optional(EventSettingsShape.properties.checkinPoints),
  checkinLimit: Type.Optional(PeriodLimitShape),
  ages: Type.Optional(Type.Object({ from: Type.Optional(Age), to: Type.Optional(Age) })),
  runs: Type.Optional(Type.Object({ from: Type.Optional(Day), until: Type.Optional(Day) })),
})
type Document = Static<typeof Shape>

export const parseProgramme = parserOf(Shape, (document, faults, context: RegistryContext): Programme => {
  const { id, names, points = true, rewards = true, tariffs = true, checkinPoints = 1, checkinLimit: limit } = document
  if (id === DEFAULT_PROGRAMME) faults.add('/id', `The rules of "${DEFAULT_PROGRAMME}" are built in.`)
  return {
    id,
    names: { nl: names.nl, fr: names.fr ?? names.nl, en: names.en ?? names.nl },
    cardSystems: cardSystemsOf(document, faults, context),
    passNumbers: passNumbersOf(document.passNumbers, faults),
    hasPoints: points,
    hasRewards: rewards,
    hasTariffs: tariffs,
    checkinPoints,
    ...(limit && { checkinLimit: { volume: limit.volume, period: limit.periodType } }),
    ...agesOf(document, faults),
    ...runsOf(document, faults),
  }
})

/** A card system has one programme, and what was a pass of it stays one. */
function cardSystemsOf({ id, cardSystems }: Document, faults: Faults, { programmes }: RegistryContext): readonly number[] {
  const own = new Set<number>()
  for (const [index, { id: cardSystem }] of cardSystems.entries()) {
    const programme = programmes.programmeOf(cardSystem)
    if (programme !== DEFAULT_PROGRAMME && programme !== id) {
      faults.add(`/cardSystems/${index}/id`, `The card system is of programme ${programme}.`)
    }
    own.add(cardSystem)
  }
  const lost = programmes.programme(id)?.cardSystems.find((cardSystem) => !own.has(cardSystem))
  if (lost !== undefined) faults.add('/cardSystems', `Card system ${lost} cannot leave the programme.`)
  return [...own].sort((a, b) => a - b)
}

function passNumbersOf(numbers: Document['passNumbers'], faults: Faults): Programme['passNumbers'] {
  if (numbers === undefined) return 'UITPAS'
  if (typeof numbers === 'string') return numbers
  const own: OwnNumbers = { prefix: numbers.prefix ?? '', digits: numbers.digits, checkDigit: numbers.checkDigit ?? false }
  if (isTaken(own)) faults.add('/passNumbers', 'Numbers of this form are UiTPAS, chip or INSZ numbers.')
  return own
}

/** Whether somebody who reads such a number could take it for one of another kind. */
function isTaken({ prefix, digits }: OwnNumbers): boolean {
  const example = prefix + '0'.repeat(digits)
  return isUitpasNumber(example, { checkDigit: false }) || /^([0-9]{11}|[0-9A-F]{14})$/.test(example)
}

function agesOf({ ages }: Document, faults: Faults): Pick<Programme, 'ages'> {
  if (!ages) return {}
  const { from, to } = ages
  if (from !== undefined && to !== undefined && to < from) faults.add('/ages/to', 'to should not be below from.')
  return { ages: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) } }
}

function runsOf({ runs }: Document, faults: Faults): Pick<Programme, 'runs'> {
  if (!runs) return {}
  const { from, until } = runs
  for (const [name, day] of Object.entries(runs)) {
    if (parseDay(day) === undefined) faults.add(`/runs/${name}`, 'The data must match the "date" format.')
  }
  if (from !== undefined && until !== undefined && until < from) faults.add('/runs/until', 'until should not be before from.')
  return { runs: { ...(from !== undefined && { from }), ...(until !== undefined && { until }) } }
}
