import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arch, platform } from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import type * as Typst from '@myriaddreamin/typst-ts-node-compiler'
import type { PressAnswer, PressOrder } from './paper-press.ts'

/** Root of what a template can read; nothing is there but what is put into it. */
const ROOT = '/zuil-paper'
const MAIN = join(ROOT, 'main.typ')
const MS = 1_000

parentPort?.postMessage(await answer(workerData as PressOrder)) // what PaperPress gave it

async function answer(order: PressOrder): Promise<PressAnswer> {
  const typst = await loaded()
  if (!typst)
    return {
      fault: 'MISSING',
      reason: `PDF needs the package @myriaddreamin/typst-ts-node-compiler with its program for ${platform} ${arch}, which is not installed: run "npm install --no-save @myriaddreamin/typst-ts-node-compiler-${platform}-${arch}" (on Linux with -gnu or -musl at the end), or take XLSX`,
    }
  const compiler = typst.NodeCompiler.create({
    workspace: ROOT,
    fontArgs: [{ fontBlobs: order.fonts.map((font) => readFileSync(new URL(font))) }],
  })
  for (const part of ['house', order.template])
    compiler.mapShadow(part === 'house' ? join(ROOT, 'house.typ') : MAIN, readFileSync(new URL(`${part}.typ`, import.meta.url)))
  compiler.mapShadow(join(ROOT, 'contents.json'), Buffer.from(JSON.stringify(order.contents)))
  for (const [name, svg] of Object.entries(order.pictures)) compiler.mapShadow(join(ROOT, name), Buffer.from(svg))
  const compiled = compiler.compile({ mainFilePath: MAIN })
  const { result } = compiled
  if (!result) return { fault: 'REFUSED', reason: diagnosticsOf(compiler, compiled) }
  const creationTimestamp = Math.floor(order.createdAt / MS)
  return { pdf: compiler.pdf(result, { pdfStandard: 'ua-1', pdfTags: true, creationTimestamp }) }
}

/** The compiler is a native program that not every machine has; all else works without it. */
async function loaded(): Promise<typeof Typst | undefined> {
  try {
    return await import('@myriaddreamin/typst-ts-node-compiler')
  } catch {
    return undefined
  }
}

function diagnosticsOf(compiler: Typst.NodeCompiler, compiled: Typst.NodeTypstCompileResult): string {
  const error = compiled.takeDiagnostics()
  return error ? JSON.stringify(compiler.fetchDiagnostics(error)).slice(0, MS) : 'The template was not understood'
}
