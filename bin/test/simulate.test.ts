import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { simulate } from '../commands/simulate.ts'
import { parseOptions } from '../simulate/options.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-simulate-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const TODAY = Date.UTC(2026, 5, 1) / 86_400_000
const OPTIONS = ['--seed', '7', '--holders', '200', '--years', '2025', '--regions', 'Maasland']

async function simulated(name: string): Promise<string> {
  const path = join(folder, name)
  expect(await simulate.run([...OPTIONS, '--to', path])).toBe(0)
  return path
}

describe('zuil simulate', () => {
  test('writes the same rows as NDJSON, CSV and Parquet, and nothing beside them', async () => {
    const text = await readFile(await simulated('a.ndjson'), 'utf8')
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line))
    const csv = (await readFile(await simulated('a.csv'), 'utf8')).trimEnd().split('\r\n')
    const parquet = await parquetReadObjects({ file: await asyncBufferFromFile(await simulated('a.parquet')) })

    expect(rows.length).toBeGreaterThan(200)
    expect(csv.slice(1).map((line) => line.slice(0, 36))).toEqual(rows.map(({ id }) => id))
    expect(
      parquet.map(({ id, holder, occurred_on: day, memberships, takes, points }) => {
        return {
          id,
          holder: Number(holder),
          day: (day as Date).toISOString().slice(0, 10),
          memberships: (memberships as bigint[]).map(Number),
          takes,
          points,
        }
      }),
    ).toEqual(
      rows.map(({ id, holder, occurred_on: day, memberships, takes, points }) => ({
        id,
        holder,
        day,
        memberships,
        takes,
        points,
      })),
    )
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'a.ndjson', 'a.parquet'])
  })

  test('writes the same bytes each time', async () => {
    const first = await readFile(await simulated('a.ndjson'))
    expect((await readFile(await simulated('b.ndjson'))).equals(first)).toBe(true)
  })

  test('writes true answers beside it, a line each', async () => {
    const path = join(folder, 'truth.ndjson')
    expect(await simulate.run([...OPTIONS, '--truth', path])).toBe(0)
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toContainEqual({
      measure: 'B9',
      column: 'kiosks-installed',
      periodKind: 'QUARTER',
      period: '2025-Q1',
      place: { kind: 'ALL', id: '' },
      dimensions: {},
      value: 12,
    })
    const few = join(folder, 'few.ndjson')
    expect(await simulate.run([...OPTIONS, '--truth', few, '--measures', 'B9'])).toBe(0)
    const wanted = lines.filter((line) => line.includes('"measure":"B9"'))
    expect((await readFile(few, 'utf8')).trimEnd().split('\n')).toEqual(wanted)
  })

  test.each([
    [['--to', 'a.ndjson', '--holders', 'many'], '--holders is "many"'],
    [['--to', 'a.ndjson', '--years', '2026-2025'], '--years is "2026-2025"'],
    [['--to', 'a.ndjson', '--sede', '7'], 'There is no option --sede'],
    [['--to'], '--to needs a value'],
    [['--seed', '7'], 'Say where to'],
    [['--to', 'warehouse', '--until', '2023-01-01'], '--until is "2023-01-01"'],
    [['--to', 'warehouse', '--rate', '5'], '--rate needs --to api'],
    [['--to', 'api', '--url', 'localhost:8081'], '--url is "localhost:8081"'],
    [['--to', 'api', '--rate', '0'], '--rate is "0"'],
    [['--to', 'api', '--speed', 'fast'], '--speed is "fast"'],
    [['--to', 'api', '--until', '2026-01-01'], 'leave --until out'],
    [['--to', 'api', '--years', '2027'], 'begin before 2026-06-01'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => parseOptions(args, TODAY)).toThrow(message)
  })

  test('says that nobody answers where the population is sent', async () => {
    vi.stubEnv('ZUIL_DATA', folder)
    const nowhere = ['--seed', '7', '--holders', '50', '--regions', 'Maasland', '--to', 'api', '--url', 'http://127.0.0.1:9']
    await expect(simulate.run(nowhere)).rejects.toThrow('Nobody answers at http://127.0.0.1:9')
  })

  test('writes the registry as zuil import takes it, a line each', async () => {
    const path = join(folder, 'registry.ndjson')
    expect(await simulate.run([...OPTIONS, '--registry', path])).toBe(0)
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    const kinds = lines.map((line): unknown => JSON.parse(line).kind)
    expect([kinds[0], kinds.at(-1)]).toEqual(['municipalities', 'clients'])
    expect(kinds.filter((kind) => kind === 'passholders' || kind === 'group-passes').length).toBe(200)
  })

  test('says what a file may be called, and which region there is not', async () => {
    await expect(simulate.run([...OPTIONS, '--to', join(folder, 'a.xls')])).rejects.toThrow('.ndjson, .csv or .parquet')
    await expect(simulate.run(['--regions', 'Atlantis', '--to', join(folder, 'a.csv')])).rejects.toThrow('Atlantis')
  })
  test.each(['--to', '--truth', '--registry'])(
    'says before it tells anything that the file of %s cannot be written',
    async (name) => {
      const nowhere = join(folder, 'no', 'a.ndjson')
      await expect(simulate.run([...OPTIONS, '--registry', join(folder, 'registry.ndjson'), name, nowhere])).rejects.toThrow(
        `Cannot write ${nowhere}: make the folder ${join(folder, 'no')} first`,
      )
      await mkdir(join(folder, 'a.ndjson'))
      await expect(simulate.run([...OPTIONS, name, join(folder, 'a.ndjson')])).rejects.toThrow('is a folder')
      expect(await readdir(folder)).toEqual(['a.ndjson'])
    },
  )

  test('leaves nothing behind when it is asked to stop, and what was there before', async () => {
    const path = join(folder, 'a.ndjson')
    await writeFile(path, 'before')
    const files = ['--truth', join(folder, 'truth.ndjson'), '--registry', join(folder, 'registry.ndjson')]
    const told = simulate.run([...OPTIONS, '--to', path, ...files])
    process.emit('SIGTERM', 'SIGTERM')
    await expect(told).rejects.toThrow('Stopped before')
    expect([await readdir(folder), await readFile(path, 'utf8')]).toEqual([['a.ndjson'], 'before'])
  })
})
