import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { arch, platform } from 'node:process'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { NO_NOTES, type ReportDocument } from '../../../src/lib/report/report-view.ts'
import { PaperPress } from '../../../src/server/paper/paper-press.ts'
import { reportPage } from '../../../src/server/report/report-page.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { EMPTY_WAREHOUSE } from '../../no-figures.ts'
import { CREDENTIALS, serve } from '../../published-figures.ts'

/** The compiler's own package, without that of its program for this machine: as npm leaves it where there is none. */
let press: PaperPress
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-compiler-'))
  const own = dirname(createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-node-compiler'))
  await cp(own, folder, { recursive: true, dereference: true })
  press = new PaperPress({ compiler: pathToFileURL(join(folder, 'index.js')).href })
})
afterAll(async () => {
  await press.close()
  await rm(folder, { recursive: true, force: true })
})

const SENTENCE = `PDF needs the program that sets pages, which is not installed for ${platform} ${arch}: run "npm install --no-save @myriaddreamin/typst-ts-node-compiler-${platform}-${arch}`

test('without the program a paper is refused in one sentence that says what to install, and every one after it', async () => {
  const paper = { template: 'report', contents: {}, pictures: {}, createdAt: 0 } as const
  for (let time = 0; time < 2; time++) {
    const refused = await press.press(paper).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'PaperError', code: 'COMPILER_MISSING', message: expect.stringContaining(SENTENCE) })
  }
})

test('where the program is there, nothing is missing', () => {
  expect(new PaperPress().missing()).toBeUndefined()
  expect(press.missing()).toMatchObject({ machine: `${platform} ${arch}` })
})

test('the data API answers 503 with that sentence, and no line of a stack', async () => {
  const server = await serve(EMPTY_WAREHOUSE, CREDENTIALS, { press })
  const url = '/api/v1/settlements/1/2025-Q1/paper'
  const answer = await server.inject({ url, headers: { authorization: 'Bearer zuil_settlement' } })
  await server.close()
  expect([answer.statusCode, answer.json().detail]).toEqual([503, expect.stringContaining(SENTENCE)])
  expect(answer.body).not.toMatch(/\.[jt]s:\d+/)
})

test('the page offers the workbook alone, and says in the language of its reader what to install', async () => {
  // `as` holds: the page only passes a report on
  const document = {} as ReportDocument
  const reports = {
    report: async () => ({ document, sheets: [] }),
    notes: async () => NO_NOTES,
    missingCompiler: () => press.missing(),
  }
  const principal = { scope: Scope.of([{ role: 'auditor' }], () => []), roles: [] }
  for (const language of LANGUAGES) {
    const asked = { principal, place: 'region:1', period: '2025', language, chapters: undefined }
    const { files, noPdf } = await reportPage(asked, reports)
    expect(files.map(({ label }) => label)).toEqual(['XLSX'])
    expect(noPdf).toContain(`npm install --no-save @myriaddreamin/typst-ts-node-compiler-${platform}-${arch}`)
  }
})
