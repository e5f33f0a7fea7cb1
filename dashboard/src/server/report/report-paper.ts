import type { FigureView } from '../../lib/figure/figure-view.ts'
import type { ReportChapter, ReportDocument } from '../../lib/report/report-view.ts'
import type { TableView } from '../../lib/table-view.ts'
import { onPaper } from '../figures/drawings/picture-file.ts'
import type { Paper } from '../paper/paper-press.ts'

/** Columns from which on a table is set small, with its heads upright. */
const WIDE_COLUMNS = 7

/** A report as the template takes it. */
export function reportPaper(document: ReportDocument): Paper {
  const { chapters, publishedAt } = document
  const figures = chapters.flatMap((chapter) => chapter.figures)
  return {
    template: 'report',
    createdAt: publishedAt,
    contents: { ...document, chapters: chapters.map(chapterOf) },
    pictures: Object.fromEntries(
      figures.flatMap(({ id, drawing }) => (drawing ? [[pictureName(id), onPaper(drawing.wide)]] : [])),
    ),
  }
}

function chapterOf({ figures, tables, ...chapter }: ReportChapter): object {
  const kept = tables.map((table) => ({ caption: table.caption, texts: table.columns.length, ...tableOf(table) }))
  return { ...chapter, figures: figures.map(figureOf), tables: kept }
}

function figureOf({ id, title, measure, notes, annotations, source, table, drawing }: FigureView): object {
  return { id, title, measure, notes, annotations, source, table: tableOf(table), ...(drawing && { picture: pictureName(id) }) }
}

function tableOf({ columns, rows }: TableView): object {
  const isWide = columns.length >= WIDE_COLUMNS
  return {
    isWide,
    heads: columns.map(({ label }) => label),
    rows: rows.map(({ cells }) => cells),
  }
}

function pictureName(figure: string): string {
  return `${figure}.svg`
}
