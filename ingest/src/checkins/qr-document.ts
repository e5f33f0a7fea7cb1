import type { Event } from '@zuil/core'
import type { DatedCode } from './qr-codes.ts'

/** Points (1/72 inch): A4 with room for a frame. */
const MARGIN = 56
const QR_SIZE = 380
/** Empty modules around a QR code, as ISO/IEC 18004 wants it. */
const QUIET_MODULES = 4

const DAY = new Intl.DateTimeFormat('nl-BE', { timeZone: 'UTC', dateStyle: 'full' })

/** An A4 page with a QR code for each day, to hang at the door. */
export async function qrPdf(event: Event, codes: readonly DatedCode[]): Promise<Buffer> {
  // Loaded when somebody asks for one: the library holds 20 MB that a busy ingest has better uses for.
  const [{ default: PdfDocument }, { encode }] = await Promise.all([import('pdfkit'), import('uqr')])
  const title = printable(event.title)
  const document = new PdfDocument({ size: 'A4', margin: MARGIN, autoFirstPage: false, info: { Title: title }, lang: 'nl-BE' })
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const finished = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  for (const { day, code } of codes) {
    document.addPage()
    document.font('Helvetica-Bold').fontSize(30).text('Spaar hier je UiTPAS-punt', { align: 'center' })
    document.moveDown(0.4)
    document.font('Helvetica').fontSize(18).text(title, { align: 'center', height: 66, ellipsis: true })
    if (day !== undefined)
      document
        .moveDown(0.3)
        .fontSize(14)
        .text(printable(dayText(day)), { align: 'center' })
    const { data } = encode(code, { ecc: 'Q', border: QUIET_MODULES })
    const left = (document.page.width - QR_SIZE) / 2
    const top = 270
    const module = QR_SIZE / data.length
    for (const [y, row] of data.entries()) {
      for (const [x, isDark] of row.entries()) {
        if (isDark) document.rect(left + x * module, top + y * module, module, module)
      }
    }
    document.fill('#000000')
    const below = top + QR_SIZE + 18
    document.fontSize(14).text('Scan de code met de UiTPAS-app.', MARGIN, below, { align: 'center' })
    if (code.length <= CODE_SHOWN_MAX) document.font('Courier').fontSize(16).text(printable(code), { align: 'center' })
  }
  document.end()
  await finished
  return Buffer.concat(chunks)
}

/** A picture (SVG) of each QR code, to lay out oneself. */
export async function qrZip(event: Event, codes: readonly DatedCode[]): Promise<Buffer> {
  const [{ zipSync, strToU8 }, { renderSVG }] = await Promise.all([import('fflate'), import('uqr')])
  const files: Record<string, Uint8Array> = {}
  for (const { day, code } of codes) {
    files[`${fileName(event, day)}.svg`] = strToU8(renderSVG(code, { ecc: 'Q', border: QUIET_MODULES }))
  }
  return Buffer.from(zipSync(files))
}

/** `uitpas-bezoek-aan-de-bib-2026-11-21`. */
export function fileName(event: Event, day?: string): string {
  const title = event.title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
  return ['uitpas', title, day].filter(Boolean).join('-')
}

/** Longer codes are addresses; nobody types them. */
const CODE_SHOWN_MAX = 12

function dayText(day: string): string {
  return DAY.format(new Date(`${day}T12:00:00Z`))
}

/** The built-in fonts of PDF know Windows-1252 only. */
function printable(text: string): string {
  return text.normalize('NFC').replaceAll(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac]/g, '?')
}
