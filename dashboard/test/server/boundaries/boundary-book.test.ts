import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BoundaryBook } from '../../../src/server/boundaries/boundary-book.ts'
import { SQUARE, squareAt } from './outlines.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-boundaries-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

function boundary(nis: number, side: number) {
  return { nis, polygons: [[squareAt(3.6, 51, side).map(([x, y]): [number, number] => [x, y])]] }
}

async function opened(): Promise<BoundaryBook> {
  const book = new BoundaryBook(folder)
  await book.bringUp()
  return book
}

describe('Kept boundaries', () => {
  it('are there again after a start, fine for few municipalities and coarse for many, until they are taken away', async () => {
    expect((await opened()).of(1).size).toBe(0)
    const book = await opened()
    await book.keep({ file: 'gent.geojson', fine: [boundary(44021, 0.1)], coarse: [boundary(44021, 0.2)] })
    const again = await opened()
    for (const one of [book, again]) {
      expect(one.of(20).get(44021)).toEqual([[SQUARE]])
      expect(one.of(300).get(44021)).toEqual([[squareAt(3.6, 51, 0.2)]])
    }
    await again.remove()
    expect([again.of(20).size, (await opened()).of(20).size]).toEqual([0, 0])
  })

  it('that are none of ours are refused by name', async () => {
    await writeFile(join(folder, 'municipalities.json'), '{"file": "x", "fine": [{"nis": 44021}], "coarse": []}')
    await expect(opened()).rejects.toThrow(/municipalities.json holds no boundaries: import them again/)
  })
})
