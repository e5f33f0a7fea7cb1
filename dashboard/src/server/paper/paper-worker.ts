import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type * as Typst from '@myriaddreamin/typst-ts-node-compiler'
import { compilerMissing } from './compiler-missing.ts'
import type { Paper, PressAnswer, PressSetting } from './paper-press.ts'

/** Root of what a template can read; nothing is there but what is put into it. */
const ROOT = '/zuil-paper'
const MAIN = join(ROOT, 'main.typ')
const MS = 1_000

const { compiler: name, fonts } = workerData as PressSetting // what PaperPress gave it
const typst = await loaded()
const fontBlobs = fonts.map((font) => readFileSync(new URL(font)))
parentPort?.on('message', (paper: Paper) => parentPort?.postMessage(answer(paper)))

function answer({ template, contents, pictures, createdAt }: Paper): PressAnswer {
  if (!typst) return { fault: 'MISSING', reason: compilerMissing() }
  // One for each paper: a compiler keeps what it set before.
  const compiler = typst.NodeCompiler.create({ workspace: ROOT, fontArgs: [{ fontBlobs }] })
  for (const part of ['house', template])
    compiler.mapShadow(part === 'house' ? join(ROOT, 'house.typ') : MAIN, readFileSync(new URL(`${part}.typ`, import.meta.url)))
  compiler.mapShadow(join(ROOT, 'contents.json'), Buffer.from(JSON.stringify(contents)))
  for (const [picture, svg] of Object.entries(pictures)) compiler.mapShadow(join(ROOT, picture), Buffer.from(svg))
  const compiled = compiler.compile({ mainFilePath: MAIN })
  const { result } = compiled
  if (!result) return { fault: 'REFUSED', reason: diagnosticsOf(compiler, compiled) }
  const creationTimestamp = Math.floor(createdAt / MS)
  return { pdf: compiler.pdf(result, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp }) }
}

/** The compiler is a native program that not every machine has; all else works without it. */
async function loaded(): Promise<typeof Typst | undefined> {
  try {
    // `as` holds: it is the compiler under its own name, or a copy of it
    return (await import(name)) as typeof Typst
  } catch {
    return undefined
  }
}

function diagnosticsOf(compiler: Typst.NodeCompiler, compiled: Typst.NodeTypstCompileResult): string {
  const error = compiled.takeDiagnostics()
  return error ? JSON.stringify(compiler.fetchDiagnostics(error)).slice(0, MS) : 'The template was not understood'
}
