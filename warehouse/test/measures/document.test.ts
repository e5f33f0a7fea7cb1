import { CATALOGUE, type Measure } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { PERSPECTIVES } from '../../src/measures/measure.ts'

const DOCUMENT = '../../../docs/measures.md'
const TITLES = { MUNICIPALITY: 'Local government', REGION: 'Region', ORGANIZER: 'Organizer', OPERATOR: 'Operator' } as const

test('docs/measures.md has every measure as it is declared; `vitest run --project warehouse -u` writes it', async () => {
  const sections = PERSPECTIVES.map((perspective) => {
    const rows = CATALOGUE.filter((measure) => measure.perspective === perspective).map(rowOf)
    return [
      `## ${TITLES[perspective]}`,
      '',
      '| | Nederlands | français | English | figures | by | places | periods | seen as |',
      '|---|---|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n')
  })
  await expect(`${INTRODUCTION}\n\n${sections.join('\n\n')}\n`).toMatchFileSnapshot(DOCUMENT)
})

const INTRODUCTION = `# Measures

Every question and its figures, made from the declarations in \`warehouse/src/measures\` by the test that compares them. What a measure means, who is counted
and what it leaves out is declared there in three languages; the dashboard shows it as the data dictionary. \`by\`: what a measure may be divided by, \`–\`
is the total. \`seen as\`: PEOPLE in releases, after rounding and withholding; ORGANIZERS as well, and of three at least; BENCHMARK as quartiles of peers;
SETTLEMENT exact, for those who settle; OPERATIONS exact, nothing about persons.`

function rowOf(measure: Measure): string {
  const { id, names, figures, dimensions, places, periods, disclosure } = measure
  const crossings = dimensions.map((crossing) => crossing.join(' × ') || '–')
  const cells = [
    `[${id}](../warehouse/src/measures/${id.toLowerCase()}-${measure.slug}.ts)`,
    names.nl,
    names.fr,
    names.en,
    figures.map((figure) => figure.id).join(', ') || 'counted elsewhere',
    crossings.join(', '),
    places.map((place) => place.toLowerCase()).join(', '),
    periods.map((period) => period.toLowerCase()).join(', ') || 'now',
    disclosure,
  ]
  return `| ${cells.join(' | ')} |`
}
