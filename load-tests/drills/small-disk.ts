import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Ground, GroundMissing } from './ground.ts'

/** Blocks of the ballast, larger ones first: the last byte has to go too. */
const BLOCKS_BYTES = [4 << 20, 4_096, 1]
const BALLAST = 'ballast'

export interface SmallDiskOptions {
  readonly mebibytes: number
  readonly settings?: Readonly<Record<string, string>>
  /** Who we are; 0 is root. */
  readonly user?: number | undefined
}

/** A disk of its own for one folder of the installation, in memory, that can be filled to the last byte. Linux, and root. */
export class SmallDisk implements Ground {
  readonly settings: Readonly<Record<string, string>>
  readonly #folder: string
  readonly #mebibytes: number
  #place = ''

  /** @throws {GroundMissing} for anybody who may not mount */
  constructor(folder: 'redis' | 'warehouse', { mebibytes, settings = {}, user = process.getuid?.() }: SmallDiskOptions) {
    if (user !== 0) throw new GroundMissing('A disk that can be filled has to be mounted, which root may do only')
    this.#folder = folder
    this.#mebibytes = mebibytes
    this.settings = settings
  }

  readonly prepare = (data: string): (() => void) => {
    const place = join(data, this.#folder)
    mkdirSync(place, { recursive: true, mode: 0o700 })
    const options = `size=${this.#mebibytes}m,mode=700`
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'zuil-drill', place], { encoding: 'utf8' })
    if (status !== 0) throw new GroundMissing(`A disk that can be filled cannot be mounted here: ${stderr.trim()}`)
    this.#place = place
    // lazily: whatever still has a file open there is about to end
    return () => void spawnSync('umount', ['-l', place])
  }

  /** Takes all that is left. */
  fill(): void {
    const file = openSync(join(this.#place, BALLAST), 'w')
    try {
      for (const bytes of BLOCKS_BYTES) writeUntilFull(file, Buffer.alloc(bytes))
    } finally {
      closeSync(file)
    }
  }

  release(): void {
    rmSync(join(this.#place, BALLAST), { force: true })
  }
}

function writeUntilFull(file: number, block: Buffer): void {
  for (;;) {
    try {
      if (writeSync(file, block) < block.length) return
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return
      throw error
    }
  }
}
