import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ground, GroundMissing } from './ground.ts'

const SOURCE = fileURLToPath(new URL('settable-clock.c', import.meta.url))
/** What the source reads of the file: one 64-bit number. */
const NUMBER_BYTES = 8

/**
 * The clock of all processes of an installation, which can be set while they run, as that of a machine: `settable-clock.c` stands
 * between them and the system. The engine of the embedded warehouse asks the kernel itself and keeps the right time. Linux, and a C compiler.
 */
export class SettableClock implements Ground {
  readonly settings: Readonly<Record<string, string>>
  readonly aheadSeconds: number
  readonly #folder: string
  readonly #file: number

  /** @throws {GroundMissing} where it cannot be compiled */
  constructor(aheadSeconds = 0, compiler = 'cc') {
    this.#folder = mkdtempSync(join(tmpdir(), 'zuil-clock-'))
    this.aheadSeconds = aheadSeconds
    const [library, file] = [join(this.#folder, 'settable-clock.so'), join(this.#folder, 'ahead')]
    this.#file = openSync(file, 'w')
    this.set(aheadSeconds)
    this.settings = { LD_PRELOAD: library, ZUIL_DRILL_CLOCK: file }
    const { status, stderr, error } = spawnSync(compiler, ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'], {
      encoding: 'utf8',
    })
    if (status === 0) return
    this.close()
    throw new GroundMissing(`A clock that can be set needs a C compiler: ${error?.message ?? stderr.trim()}`)
  }

  /** Seconds ahead of ours, or behind it when negative; seen at once. */
  set(aheadSeconds: number): void {
    const number = Buffer.alloc(NUMBER_BYTES)
    // the byte order of every machine that this runs on
    number.writeBigInt64LE(BigInt(aheadSeconds))
    writeSync(this.#file, number, 0, NUMBER_BYTES, 0)
  }

  close(): void {
    closeSync(this.#file)
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
