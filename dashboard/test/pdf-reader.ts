import { inflateSync } from 'node:zlib'

/** What of a PDF of ours a test looks at: its objects are not packed, only what they draw is. */
export interface ReadPdf {
  /** Everything but drawn contents, as it stands in the file. */
  readonly structure: string
  /** What is written on the pages, one line for each run of letters. */
  readonly lines: readonly string[]
}

interface PdfObject {
  readonly dictionary: string
  readonly stream: Buffer | undefined
}

const OBJECT = /(?:^|\n)(\d+) 0 obj\n/g
const STREAM = 'stream\n'

export function readPdf(bytes: Buffer): ReadPdf {
  const objects = objectsOf(bytes)
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary))
  return {
    structure: [...objects.values()].map(({ dictionary }) => dictionary).join('\n'),
    lines: pages.flatMap(({ dictionary }) => linesOf(dictionary, objects)),
  }
}

function objectsOf(bytes: Buffer): ReadonlyMap<number, PdfObject> {
  const text = bytes.toString('latin1')
  const starts = [...text.matchAll(OBJECT)]
  return new Map(
    starts.map((match, index): [number, PdfObject] => {
      const from = match.index + match[0].length
      const body = text.slice(from, starts[index + 1]?.index ?? text.length)
      const at = body.indexOf(STREAM)
      if (at < 0) return [Number(match[1]), { dictionary: body, stream: undefined }]
      const dictionary = body.slice(0, at)
      const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1])
      const begins = from + at + STREAM.length
      const raw = bytes.subarray(begins, begins + length)
      return [Number(match[1]), { dictionary, stream: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw }]
    }),
  )
}

function linesOf(page: string, objects: ReadonlyMap<number, PdfObject>): readonly string[] {
  const fonts = new Map(
    [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name = '', id]) => [name, lettersOf(Number(id), objects)]),
  )
  const contents = objects.get(Number(/\/Contents (\d+) 0 R/.exec(page)?.[1]))?.stream?.toString('latin1') ?? ''
  return [...contents.matchAll(/BT\n(.*?)\nET/gs)].map(([, run = '']) => {
    const letters = fonts.get(/\/(f\d+) [\d.]+ Tf/.exec(run)?.[1] ?? '')
    const glyphs = literalsOf(run).map(bytesOf).join('')
    return Array.from({ length: glyphs.length / 2 }, (_, at) =>
      letters?.get(glyphs.charCodeAt(2 * at) * 256 + glyphs.charCodeAt(2 * at + 1)),
    ).join('')
  })
}

/** Texts in brackets, which may hold brackets themselves. */
function literalsOf(run: string): readonly string[] {
  const literals: string[] = []
  let depth = 0
  for (const [part] of run.matchAll(/\\.|[^\\]/gs)) {
    if (part === ')') depth -= 1
    if (depth > 0) literals.push(`${literals.pop() ?? ''}${part}`)
    if (part === '(') depth += 1
    if (part === '(' && depth === 1) literals.push('')
  }
  return literals
}

/** What each glyph of a font stands for. */
function lettersOf(font: number, objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<number, string> {
  const map = Number(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.dictionary ?? '')?.[1])
  const text = objects.get(map)?.stream?.toString('latin1') ?? ''
  return new Map(
    [...text.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/gi)].map(([, glyph = '', letters = '']) => [
      Number.parseInt(glyph, 16),
      Buffer.from(letters, 'hex').swap16().toString('utf16le'),
    ]),
  )
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A literal of a PDF as the bytes that it stands for. */
function bytesOf(literal: string): string {
  return literal.replaceAll(/\\(\d{3}|.)/gs, (_, escaped: string) =>
    /^\d/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
  )
}
