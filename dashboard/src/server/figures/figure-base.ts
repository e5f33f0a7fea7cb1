import { CUBES, type Figure, isQueryPart, type Measure, type Part } from '@zuil/warehouse'
import { narrowed } from './figure-reading.ts'
import type { FigureSetting, Published } from './figure-setting.ts'

/** Cells of a cube, and not a query of the measure's own. */
type CellPart = Extract<Part, { readonly cube: unknown }>

/** How many there are below a share or a mean: `n = 12.340 personen`. Empty where that is not published or makes no sense. */
export async function baseOf(
  { measure: id, figure: figureId }: { readonly measure: string; readonly figure: string },
  { published, setting }: { readonly published: Published; readonly setting: FigureSetting },
): Promise<string> {
  const measure = narrowed(id, [figureId])
  const whole = wholeOf(measure.figures[0])
  if (!whole) return ''
  const base: Measure = {
    ...measure,
    dimensions: [[]],
    figures: [{ id: 'base', kind: 'COUNT', unit: 'COUNT', names: measure.names, of: whole }],
  }
  const { release, period } = published
  const question = { dimensions: [], places: [setting.place], period, release }
  const [row] = await setting.reader.figures(setting.scope, base, question)
  const { words, format, language } = setting.writing
  if (row?.status !== 'ok') return ''
  const [column = ''] = whole.columns
  const counted = CUBES[whole.cube].columns.find((one) => one.id === column)
  if (counted?.unit === 'cents') return words.base(format.euro(row.value / 100, 0), '').trimEnd()
  return words.base(format.count(row.value), counted?.names[language] ?? words.people)
}

/** What a figure is a part of, or is divided by. */
function wholeOf(figure: Figure | undefined): CellPart | undefined {
  const whole = figure && partBelow(figure)
  if (!whole || isQueryPart(whole)) return undefined
  const { over: _, ...total } = whole
  return total
}

function partBelow(figure: Figure): Part | undefined {
  switch (figure.kind) {
    case 'SHARE':
    case 'INDEX':
      return figure.share.whole
    case 'GAP':
    case 'STANDARDISED_GAP':
    case 'QUOTIENT': {
      const { whole } = figure.share
      if (isQueryPart(whole)) return undefined
      // both groups: the whole of one and of the other
      const { where: _, ...both } = whole
      return both
    }
    case 'MEAN':
      return figure.per
    case 'MEDIAN':
      return figure.of
    case 'PER_REFERENCE':
      return figure.of
    case 'COUNT':
    case 'PER_WEEK':
    case 'PLACES_BELOW':
      return undefined
  }
}
