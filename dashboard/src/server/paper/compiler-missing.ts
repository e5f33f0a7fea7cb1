import { createRequire } from 'node:module'
import { arch, platform, report } from 'node:process'

/** What a machine needs to set pages, and does not have. */
export interface MissingCompiler {
  /** `linux x64` */
  readonly machine: string
  /** Of the compiler's program for this machine. */
  readonly package: string
}

/**
 * Whether the compiler's program for this machine is there, without loading it: npm leaves it out where optional packages were not wanted,
 * or where there is none for the machine.
 * @param compiler package, or URL of its file
 */
export function missingCompiler(compiler: string): MissingCompiler | undefined {
  const missing = missingHere()
  try {
    createRequire(import.meta.resolve(compiler)).resolve(missing.package)
    return undefined
  } catch {
    return missing
  }
}

/** One sentence for whoever wants a PDF on such a machine: what is missing, and what to do. */
export function compilerMissing({ machine, package: name }: MissingCompiler = missingHere()): string {
  return `PDF needs the program that sets pages, which is not installed for ${machine}: run "npm install --no-save ${name}" and start Zuil again, or take XLSX`
}

function missingHere(): MissingCompiler {
  const parts = [platform, arch, variant()].filter((part) => part !== '')
  return { machine: `${platform} ${arch}`, package: `@myriaddreamin/typst-ts-node-compiler-${parts.join('-')}` }
}

/** As the names of the packages end. */
function variant(): string {
  if (platform === 'win32') return 'msvc'
  if (platform !== 'linux') return ''
  const { header }: { readonly header?: { readonly glibcVersionRuntime?: string } } = report.getReport()
  const libc = header?.glibcVersionRuntime === undefined ? 'musl' : 'gnu'
  return arch === 'arm' ? `${libc}eabihf` : libc
}
