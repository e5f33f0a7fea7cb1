import { CATALOGUE, figuresFor, type Measure, measureOf, parsePlace } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { FIGURE_PAGES, type FigurePageId } from '../../../src/lib/figure/figure-view.ts'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { pageEntry } from '../../../src/lib/pages.ts'
import { figureMessagesOf } from '../../../src/messages/figures/figure-languages.ts'
import { CELLS_PER_ANSWER_MAX } from '../../../src/server/data-api/cells-query.ts'
import { rowsAsked } from '../../../src/server/data-api/figures-query.ts'
import { crossingOf } from '../../../src/server/figures/figure-reading.ts'
import type { FigureDescription } from '../../../src/server/figures/page-description.ts'
import { DESCRIBED_PAGES } from '../../../src/server/figures/pages/described-pages.ts'

const DOCUMENT = '../../../../docs/pages.md'
const TITLES = { MUNICIPALITY: 'Local government', REGION: 'Region', ORGANIZER: 'Organizer', OPERATOR: 'Operator' } as const
const figuresOf = (page: FigurePageId): readonly FigureDescription[] => DESCRIBED_PAGES[page].figures
const all = FIGURE_PAGES.flatMap((page) => figuresOf(page).map((figure) => ({ page, figure })))

const SETTLEMENT = '*Afrekening*'
const CHANGE = '*Verandering*'

/** Questions that the pages of releases do not answer, and where they stand instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  B4: SETTLEMENT,
  B15: CHANGE,
  C9: SETTLEMENT,
  D1: '*Nu*',
  D2: '*Beheer*',
  D3: '*Beheer*',
  D4: '*Nu*, *Beheer*',
  D5: '*Beheer*',
  D6: '*Beheer*',
  D7: '*Nu*',
  D8: '*Nu*, *Beheer*',
  D9: '*Beheer*',
  D11: '*Beheer*',
  D12: '*Beheer*',
  D14: '*Beheer*',
  D15: '*Beheer*',
}

test('docs/pages.md says where each question has its place; `vitest run --project dashboard -u` writes it', async () => {
  const sections = Object.entries(TITLES).map(([perspective, title]) => {
    const rows = CATALOGUE.filter((measure) => measure.perspective === perspective).map(rowOf)
    return [`## ${title}`, '', '| | question | page | figures |', '|---|---|---|---|', ...rows].join('\n')
  })
  await expect(`${INTRODUCTION}\n\n${sections.join('\n\n')}\n`).toMatchFileSnapshot(DOCUMENT)
})

test.each(FIGURE_PAGES)('on %s no two figures have the same subject and finding: their titles would be the same', (page) => {
  for (const language of LANGUAGES) {
    const { subjects } = figureMessagesOf(language)
    const titles = DESCRIBED_PAGES[page].figures.map(({ id, finding, measure }) => `${subjects[id]} ${finding} ${measure}`)
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  }
})

test('every question has a place', () => {
  expect(CATALOGUE.filter((measure) => placeOf(measure) === undefined).map(({ id }) => id)).toEqual([])
})

test.each(all)('$page: $figure.id asks what its measure answers', ({ figure }) => {
  const measure = measureOf(figure.measure)
  expect(measure).toBeDefined()
  if (!measure) return
  const crossing = crossingOf(measure, figure)
  const ids = figuresFor(measure, crossing).map(({ id }) => id)
  expect(figure.figures.filter((id) => !ids.includes(id))).toEqual([])
})

test.each(all)('$page: the files of $figure.id are no larger than an answer of the data API may be', ({ figure }) => {
  const measure = measureOf(figure.measure)
  const rows = measure && rowsAsked(measure, { dimensions: crossingOf(measure, figure), places: ['region:14'] })
  expect(rows).toBeLessThanOrEqual(CELLS_PER_ANSWER_MAX)
})

test('no two figures of a page have the same anchor, nor two figures the same subject', () => {
  const ids = all.map(({ figure }) => figure.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(Object.keys(figureMessagesOf('nl').subjects).sort()).toEqual([...ids].sort())
})

test.each(FIGURE_PAGES)('%s has three to five key numbers, and a figure for each kind of place it is about', (page) => {
  const { keyNumbers } = DESCRIBED_PAGES[page]
  expect(keyNumbers.length).toBeGreaterThanOrEqual(3)
  expect(keyNumbers.length).toBeLessThanOrEqual(5)
  for (const word of pageEntry(page).places) {
    const kind = parsePlace(word === 'all' ? word : `${word}:1`)?.kind
    const fitting = figuresOf(page).filter(
      (figure) => kind && (figure.places ?? measureOf(figure.measure)?.places)?.includes(kind),
    )
    expect([word, fitting.length > 0]).toEqual([word, true])
  }
})

function placeOf({ id }: Measure): { readonly page: string; readonly figures: string } | undefined {
  const pages = FIGURE_PAGES.filter(
    (page) =>
      figuresOf(page).some((figure) => figure.measure === id) ||
      DESCRIBED_PAGES[page].keyNumbers.some((one) => one.measure === id),
  )
  if (pages.length > 0) {
    const ids = all.filter(({ figure }) => figure.measure === id).map(({ figure }) => figure.id)
    return {
      page: pages.map((page) => `*${figureMessagesOf('nl').pages[page].title}*`).join(', '),
      figures: ids.join(', ') || 'key number',
    }
  }
  const elsewhere = ELSEWHERE[id]
  if (elsewhere !== undefined) return { page: elsewhere, figures: '–' }
  return undefined
}

function rowOf(measure: Measure): string {
  const { page, figures } = placeOf(measure) ?? { page: '', figures: '' }
  return `| [${measure.id}](measures.md) | ${measure.names.en} | ${page} | ${figures} |`
}

const INTRODUCTION = `# Pages

Where each question of measures.md has its place in the dashboard, made from the descriptions in \`dashboard/src/server/figures/pages\` by the test that
compares them. A figure has an address of its own: the page and its id, \`/bereik#holders-by-age\`. What a page shows comes from releases; what is exact
has doors of its own: *Beheer* for the operator, *Afrekening* (\`/afrekening\`) for those who settle. *Ramingen* (\`/ramingen\`) reckons with published figures of a
region, and has no question of its own; *Werkruimte* (\`/werkruimte\`) has what regions and municipalities keep of working together, beside numbers of A1, B10, B12
and the published hours of municipalities. *Verandering* (\`/verandering\`) puts the published periods before and after a change beside each other (B3, B5, B12, B14,
B15, D13); its files are those of \`GET /api/v1/changes\`.`
