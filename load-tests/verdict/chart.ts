/** One line of a chart; points in the order of x. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface Chart {
  readonly title: string
  /** Of the vertical axis. */
  readonly unit: string
  readonly series: readonly Series[]
  /** Vertical lines with a word beside them. */
  readonly marks: readonly { readonly x: number; readonly text: string }[]
}

const WIDTH = 720
const HEIGHT = 220
const LEFT = 56
const RIGHT = 12
const TOP = 14
const BOTTOM = 28
/** More points than pixels only make the file larger. */
const POINTS_MAX = 700
const TICKS = 4

/** A line chart as SVG, drawn with the classes of the page: `c0`, `c1` … for the lines. */
export function chartSvg({ title, unit, series, marks }: Chart): string {
  const all = series.flatMap(({ points }) => points)
  const xMax = Math.max(1, ...series.map(({ points }) => points.at(-1)?.[0] ?? 0))
  const yMax = niceCeiling(all.reduce((most, [, y]) => Math.max(most, y), 0))
  const x = (value: number) => round(LEFT + (Math.max(0, value) / xMax) * (WIDTH - LEFT - RIGHT))
  const y = (value: number) => round(HEIGHT - BOTTOM - (value / yMax) * (HEIGHT - TOP - BOTTOM))
  const grid = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const value = (yMax / TICKS) * tick
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${numberText(value)}</text>`
  })
  const seconds = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const value = Math.round((xMax / TICKS) * tick)
    return `<text x="${x(value)}" y="${HEIGHT - 8}" text-anchor="middle">${value} s</text>`
  })
  const lines = series.map(({ points }, index) => {
    const text = thinned(points).map(([px, py]) => `${x(px)},${y(py)}`)
    return `<polyline class="c${index}" points="${text.join(' ')}"/>`
  })
  const marked = marks.map(
    ({ x: at, text }) =>
      `<line class="mark" x1="${x(at)}" x2="${x(at)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"><title>${escaped(text)}</title></line>`,
  )
  const legend = series.map(({ name }, index) => `<li class="c${index}">${escaped(name)}</li>`)
  return [
    `<figure><figcaption>${escaped(title)} <span>${escaped(unit)}</span></figcaption>`,
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    ...grid,
    ...seconds,
    ...marked,
    ...lines,
    '</svg>',
    series.length > 1 ? `<ul class="legend">${legend.join('')}</ul>` : '',
    '</figure>',
  ].join('')
}

/** Text that may stand in HTML, between quotes too. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Of neighbours that share a pixel the highest stays: a peak is what one looks for. */
function thinned(points: Series['points']): Series['points'] {
  if (points.length <= POINTS_MAX) return points
  const each = Math.ceil(points.length / POINTS_MAX)
  return Array.from({ length: Math.ceil(points.length / each) }, (_, group) =>
    points.slice(group * each, (group + 1) * each).reduce((highest, point) => (point[1] > highest[1] ? point : highest)),
  )
}

function niceCeiling(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 5, 8, 10].map((factor) => factor * power).find((limit) => limit >= value) ?? value
}

function numberText(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 4 })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
