import { type Chart, chartSvg, escaped, type Series } from './chart.ts'
import type { Difference } from './comparison.ts'
import { type Check, isPassed, type Verdict } from './verdict.ts'

/** A verdict as one HTML file that needs no server and nothing from elsewhere: open it, or send it on. */
export function verdictPage(verdict: Verdict, differences: readonly Difference[]): string {
  const { name, question, startedAt, wanted, checks, incidents } = verdict
  const result = isPassed(verdict) ? 'passed' : 'failed'
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(name)}: ${result}</title><style>${STYLE}</style></head><body><main>`,
    `<header><p class="${result}">${result}</p><h1>${escaped(name)}</h1><p>${escaped(question)}</p>`,
    `<p class="facts">${escaped(startedAt)} · up to ${wanted.rate} a second for ${wanted.seconds} s · ${wanted.holders} passholders</p></header>`,
    section('Verdict', checkTable(checks)),
    section('Figures', figureTable(verdict, differences)),
    section('Latency by endpoint, in milliseconds', endpointTable(verdict)),
    section('Over time', `<div class="charts">${chartsOf(verdict).map(chartSvg).join('')}</div>`),
    incidents.length > 0 ? section('What was done to it', incidentList(verdict)) : '',
    verdict.refusals.length > 0 ? section('Refusals', refusalTable(verdict)) : '',
    section('Machine', `<pre>${escaped(verdict.machine.join('\n'))}</pre>`),
    '</main></body></html>\n',
  ].join('\n')
}

function section(title: string, content: string): string {
  return `<section><h2>${escaped(title)}</h2>${content}</section>`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, values: readonly string[]) => values.map((value) => `<${tag}>${value}</${tag}>`).join('')
  return `<div class="wide"><table><thead><tr>${cells('th', head.map(escaped))}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('')}</tbody></table></div>`
}

const STATES: Readonly<Record<Check['state'], string>> = { passed: '✓ holds', failed: '✗ broken', 'not-checked': '– not checked' }

function checkTable(checks: readonly Check[]): string {
  return table(
    ['', 'What must hold', 'What was seen'],
    checks.map(({ name, state, detail }) => [`<b class="${state}">${STATES[state]}</b>`, escaped(name), escaped(detail)]),
  )
}

function figureTable({ figures }: Verdict, differences: readonly Difference[]): string {
  const rows: readonly (readonly [string, number, string])[] = [
    ['accepted', figures.accepted, 'answers'],
    ['accepted in the busiest second', figures.peakPerSecond, 'a second'],
    ['latency, median', figures.p50, 'ms'],
    ['latency, 99 of 100', figures.p99, 'ms'],
    ['greatest delay until it is in the warehouse', figures.lagMaxMs, 'ms'],
    ['Redis, at most', figures.redisMegabytesMax, 'MB'],
    ['until everything was stored, after the last request', figures.drainSeconds, 's'],
  ]
  const before = new Map(differences.map((difference) => [difference.figure, difference]))
  const names = Object.keys(figures)
  return table(
    differences.length > 0 ? ['Figure', 'Now', '', 'Earlier', 'Change'] : ['Figure', 'Now', ''],
    rows.map(([text, value, unit], index) => {
      const difference = before.get(names[index] ?? '')
      const earlier = difference
        ? [numberText(difference.before), `${difference.percent >= 0 ? '+' : ''}${difference.percent.toFixed(0)} %`]
        : []
      return [escaped(text), numberText(value), unit, ...earlier]
    }),
  )
}

function endpointTable({ endpoints }: Verdict): string {
  return table(
    ['Endpoint', 'Requests', 'Accepted', 'Refused', 'Turned away', 'Unanswered', 'p50', 'p95', 'p99', 'p99.9', 'Longest'],
    endpoints.map((one) => [
      escaped(one.endpoint),
      ...[one.requests, one.accepted, one.refused, one.busy, one.unanswered].map(numberText),
      ...[one.p50, one.p95, one.p99, one.p999, one.max].map(numberText),
    ]),
  )
}

function refusalTable({ refusals }: Verdict): string {
  return table(
    ['Code', 'How often', 'What happened'],
    refusals.map(({ code, count, meaning }) => [escaped(code), numberText(count), escaped(meaning || 'nobody foresaw it')]),
  )
}

function incidentList({ incidents }: Verdict): string {
  return `<ol>${incidents.map(({ second, text }) => `<li>${second} s: ${escaped(text)}</li>`).join('')}</ol>`
}

function chartsOf({ curve, installation, incidents }: Verdict): readonly Chart[] {
  const marks = incidents.map(({ second, text }) => ({ x: second, text }))
  const ofCurve = (name: string, value: (point: (typeof curve)[number]) => number): Series => ({
    name,
    points: curve.map((point) => [point.second, value(point)] as const),
  })
  const ofPoints = (name: string, value: (point: (typeof installation)[number]) => number | undefined): Series => ({
    name,
    points: installation.flatMap((point) => {
      const known = value(point)
      return known === undefined ? [] : [[point.second, known] as const]
    }),
  })
  const parts = [...new Set(installation.flatMap(({ memory }) => Object.keys(memory)))]
  return [
    {
      title: 'Requests',
      unit: 'a second',
      marks,
      series: [ofCurve('accepted', (p) => p.accepted), ofCurve('all', (p) => p.requests)],
    },
    { title: 'Latency', unit: 'ms', marks, series: [ofCurve('median', (p) => p.p50), ofCurve('99 of 100', (p) => p.p99)] },
    { title: 'Delay until it is in the warehouse', unit: 'ms', marks, series: [ofPoints('delay', (p) => p.lagMs)] },
    { title: 'Records on their way to the warehouse', unit: 'records', marks, series: [ofPoints('records', (p) => p.waiting)] },
    {
      title: 'Queues',
      unit: 'at once',
      marks,
      series: [ofPoints('frozen ranges', (p) => p.openRanges), ofPoints('jobs', (p) => p.jobs)],
    },
    { title: 'Memory of Redis', unit: 'MB', marks, series: [ofPoints('used', (p) => p.redisMegabytes)] },
    { title: 'Memory of the processes', unit: 'MiB', marks, series: parts.map((part) => ofPoints(part, (p) => p.memory[part])) },
    { title: 'Processor', unit: 'cores', marks, series: parts.map((part) => ofPoints(part, (p) => p.cores[part])) },
  ]
}

function numberText(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: value < 10 ? 2 : value < 1_000 ? 1 : 0 })
}

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1d2630,#e8edf2);--paper:light-dark(#fff,#12181f);--faint:light-dark(#d5dce3,#33404d);--soft:light-dark(#566473,#9fb0c0);--good:light-dark(#0a6b3d,#5fd39b);--bad:light-dark(#b3261e,#ff8a80);--c0:light-dark(#0b5cad,#6cb2ff);--c1:light-dark(#c2570c,#ffab6b);--c2:light-dark(#6b3fa0,#c3a1f5);--c3:light-dark(#0a6b3d,#5fd39b)}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:94rem;margin:0 auto;padding:1.5rem}
h1{margin:.2rem 0;font-size:1.9rem}h2{margin:2rem 0 .6rem;font-size:1.15rem}header p{margin:.2rem 0}.facts,figcaption span{color:var(--soft)}
header .passed,header .failed{display:inline-block;padding:.1rem .7rem;border-radius:1rem;color:var(--paper);font-weight:600}header .passed{background:var(--good)}header .failed{background:var(--bad)}
b.passed{color:var(--good)}b.failed{color:var(--bad)}b.not-checked{color:var(--soft)}b{white-space:nowrap}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--faint);text-align:left;vertical-align:top}th{color:var(--soft);font-weight:600}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(22rem,1fr));gap:1.5rem}figure{margin:0}figcaption{font-weight:600}
svg{width:100%;height:auto}svg text{fill:var(--soft);font-size:11px}.grid{stroke:var(--faint)}.mark{stroke:var(--bad);stroke-dasharray:4 3}polyline{fill:none;stroke-width:2}
polyline.c0{stroke:var(--c0)}polyline.c1{stroke:var(--c1)}polyline.c2{stroke:var(--c2)}polyline.c3{stroke:var(--c3)}
.legend{display:flex;flex-wrap:wrap;gap:1rem;margin:.2rem 0;padding:0;list-style:none}.legend li::before{content:'';display:inline-block;width:1rem;height:.2rem;margin-right:.4rem;vertical-align:middle;background:var(--line)}
.legend .c0{--line:var(--c0)}.legend .c1{--line:var(--c1)}.legend .c2{--line:var(--c2)}.legend .c3{--line:var(--c3)}`
