import { setImmediate as turn } from 'node:timers/promises'
import { type Estimate, type JoiningDay, parsePlace } from '@zuil/warehouse'
import type { FigureView } from '../../lib/figure/figure-view.ts'
import { changeFigure } from '../change/change-figure.ts'
import { CHANGE_FIGURES } from '../change/change-figures.ts'
import { changeFinding } from '../change/change-finding.ts'
import { joinedBetween, knownMoments, type Moment, unchangedAround } from '../change/change-moments.ts'
import { ownCaveats } from '../change/change-page.ts'
import { type ChangeCells, readChange } from '../change/change-reading.ts'
import { seriesOf } from '../change/change-series.ts'
import { thresholdOf } from '../change/change-table.ts'
import { quartersAround } from '../change/change-window.ts'
import { changeWords } from '../change/change-words.ts'
import { nisOf, unitOf } from '../figures/figure-data.ts'
import type { FigureSetting } from '../figures/figure-setting.ts'
import { capital, type FigureWriting, uncapital } from '../figures/figure-writing.ts'
import type { PageSources } from '../figures/page-builder.ts'
import type { Annotation } from '../notebook/annotation.ts'
import { ALL_PLACES } from '../scope/scope.ts'
import type { Membership } from '../workspace/member-book.ts'
import type { Keeping, KeptChapter } from './report-kept.ts'
import { type ReportFigure, type ReportSheet, sheetValue } from './report-sheet.ts'

/** Changes of a report, the newest first, each with a page of figures; who wants others looks at the page. */
const CHANGES_MAX = 3
/** Days before the period in which a change still shows in it: four quarters of after, and the one of the change. */
const DAYS_BEFORE_MAX = 366

export interface ChangeChapter {
  readonly kept: KeptChapter
  readonly figures: readonly ReportFigure[]
}

interface Changing extends Keeping {
  readonly annotations: readonly Annotation[]
  readonly members: readonly Membership[]
}

/**
 * What changed around the days of joining and campaigns that are known, as the page "Verandering" shows it; beside a place that everybody
 * reads who reads the report, so that it says the same to each of them.
 */
export async function changeChapter(changing: Changing, sources: PageSources): Promise<ChangeChapter> {
  const { setting, words } = changing
  const joined = joiningDays(changing.members, await sources.places.joined())
  const said = changeWords(setting.writing.language)
  const sentences: string[] = []
  const figures: ReportFigure[] = []
  for (const moment of momentsOf(changing, joined)) {
    const number = sentences.length + 1
    const own = await figuresOf(moment, { setting, joined, number }, sources)
    if (own.length === 0) continue
    const caveats = await ownCaveats(moment, said, sources)
    sentences.push([`${moment.label}.`, ...caveats].join(' '))
    figures.push(...own)
    if (sentences.length === CHANGES_MAX) break
  }
  if (figures.length === 0) return { kept: { sentences: [words.change.none], tables: [] }, figures }
  return { kept: { sentences: [words.change.intro, ...sentences, ...said.caveats], tables: [] }, figures }
}

/** Days that were typed in count before those of the registry. */
function joiningDays(members: readonly Membership[], registry: readonly JoiningDay[]): readonly JoiningDay[] {
  const ofMembers = members.flatMap(({ municipality, joinedOn: day }): readonly JoiningDay[] => {
    const nis = nisOf(municipality)
    return nis === undefined || day === '' ? [] : [{ nis, day }]
  })
  return [...ofMembers, ...registry.filter(({ nis }) => !ofMembers.some((one) => one.nis === nis))]
}

/** Joining of municipalities, and campaigns, not long before the period or in it; each once. */
function momentsOf({ setting, annotations }: Changing, joined: readonly JoiningDay[]): readonly Moment[] {
  const { period, writing } = setting
  // that of a region names its members, which are here themselves
  const noted = annotations.filter(
    ({ kind, place }) => kind === 'campaign' || (kind === 'joined' && parsePlace(place)?.kind === 'MUNICIPALITY'),
  )
  const known = knownMoments({ ...setting, annotations: noted }, joined, changeWords(writing.language))
  const near = known.filter(({ day }) => day >= period.firstDay - DAYS_BEFORE_MAX && day <= period.lastDay)
  return [...new Map(near.map((moment) => [`${moment.kind} ${moment.place} ${moment.day}`, moment])).values()]
}

interface OfReport {
  readonly setting: FigureSetting
  readonly joined: readonly JoiningDay[]
  /** Of the change in its report, from 1. */
  readonly number: number
}

/** The figures of one change that have something to compare. */
async function figuresOf(
  { kind, day, place }: Moment,
  { setting: { beside: _, ...ofReport }, joined, number }: OfReport,
  { pictures }: PageSources,
): Promise<readonly ReportFigure[]> {
  const { writing } = ofReport
  const municipalities = parsePlace(place)?.kind === 'MUNICIPALITY' ? [place] : ofReport.municipalities
  const setting: FigureSetting = { ...ofReport, place, municipalities }
  const { beside, besideName } = besideOf(setting, day, { joined, around: ofReport.municipalities })
  const figures: ReportFigure[] = []
  for (const described of CHANGE_FIGURES[kind]) {
    const cells = await readChange(described, { day, beside }, setting)
    if (!cells || !changeFinding(cells, { words: changeWords(writing.language), writing, besideName }).isCompared) continue
    const figure = await changeFigure(cells, setting, { kind, day, besideName, pictures, search: '' })
    // unique in the report, and short enough for the name of a sheet
    const id = described.id.replace('change-', `change${number}-`)
    const view = { ...figure, id, title: `${capital(writing.place(place))}: ${uncapital(figure.title)}` }
    const estimates = [...cells.cells.values()].map(({ estimate }) => estimate)
    figures.push({ view, sheet: sheetOf(cells, view, { writing, besideName }), measure: cells.measure, estimates })
    await turn() // as in every other chapter
  }
  return figures
}

interface Beside {
  readonly beside?: string
  readonly besideName: string
}

/** Of a region its municipalities that did not join around that day, together; of one municipality everybody. */
function besideOf(setting: FigureSetting, day: number, { around, joined }: Around): Beside {
  const { place, writing } = setting
  const { shown } = quartersAround(day)
  const changed = joinedBetween(joined, shown[0]?.firstDay ?? day, shown.at(-1)?.lastDay ?? day)
  const others = unchangedAround(setting, around, changed)
  const [only] = others
  if (others.length > 1) return { beside: others.join('+'), besideName: uncapital(changeWords(writing.language).others) }
  if (only !== undefined) return { beside: only, besideName: writing.place(only) }
  return place === ALL_PLACES ? { besideName: '' } : { beside: ALL_PLACES, besideName: uncapital(writing.place(ALL_PLACES)) }
}

interface Around {
  readonly around: readonly string[]
  readonly joined: readonly JoiningDay[]
}

/** The same cells as the table, as numbers. */
function sheetOf(
  cells: ChangeCells,
  { id, title, measure, source }: FigureView,
  { writing, besideName }: { readonly writing: FigureWriting; readonly besideName: string },
): ReportSheet {
  const { described, releases } = cells
  const series = seriesOf(cells, writing, besideName)
  const unit = unitOf({ measure: cells.measure }, described.figure)
  const threshold = thresholdOf({ releases })
  const inWords = (estimate: Estimate | undefined) => writing.estimate(estimate, unit, threshold)
  return {
    id,
    title,
    measure,
    source,
    columns: [capital(writing.axis(described.by ?? 'period')), ...series.map(({ label }) => label)],
    rows: (series[0]?.rows ?? []).map(({ label }, index) => [
      label,
      ...series.map(({ rows }) => sheetValue(rows[index]?.counted?.estimate, inWords)),
    ]),
  }
}
