import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { BOUNDARY_FILE_BYTES_MAX, BoundaryFileError, boundariesOf, readBoundaryFile } from '@zuil/dashboard/server'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings, type Settings } from '../config.ts'
import { requireRunning } from '../data-folder.ts'
import type { BoundaryPlaces } from '../hub/boundaries.ts'
import { askHub } from '../hub-question.ts'

const WITHIN_MS = 60_000
const MEGABYTE = 1_000_000
/** Codes or names that a line shows. */
const NAMED_MAX = 8

export const boundaries: Command = {
  help: [
    'Usage: npm run zuil -- boundaries import <file.geojson> [--code <property>]',
    '       npm run zuil -- boundaries remove',
    '',
    'Outlines of municipalities behind the dots of the maps (pages Waar and Regio). The file is a GeoJSON FeatureCollection in degrees',
    '(WGS84), each municipality a Feature with a Polygon or MultiPolygon and its NIS code: of Digitaal Vlaanderen, Statbel or the NGI,',
    'and at most 100 MB. Codes of before a merger are put together. Other features are left out, and those of other regions are named.',
    'Points are taken away until a page is light; neighbours still touch. A second import replaces the first.',
    '',
    '  --code <property>  where the NIS code stands, when it is not niscode, nis, nis5, nis_code, cd_munty_refnis, cd_refnis,',
    '                     refnis, ref:ins or ins',
    '  remove             maps have dots only again',
    '',
    'Zuil has to run. Exit codes: 0 done, 1 the file cannot be used (it says why), 2 wrong use, 3 the file or Zuil cannot be reached.',
  ].join('\n'),
  async run(args) {
    const { file, code } = orderOf(args)
    const settings = readSettings()
    await requireRunning(settings.data)
    if (file === undefined) {
      await askHub(settings, { path: 'boundaries-removal', withinMs: WITHIN_MS })
      say('Maps have dots only.')
      return EXIT.ok
    }
    try {
      await bring(settings, file, code)
      return EXIT.ok
    } catch (error) {
      if (!(error instanceof BoundaryFileError)) throw error
      say(`${error.message}.`)
      return EXIT.found
    }
  },
}

async function bring(settings: Settings, file: string, code: string | undefined): Promise<void> {
  const outlines = readBoundaryFile(await textOf(file), code)
  const { municipalities } = await askHub<BoundaryPlaces>(settings, { path: 'municipalities', withinMs: WITHIN_MS })
  const { fine, coarse, unknown, incomplete, missing } = boundariesOf(outlines, municipalities)
  const body = { file: basename(file), fine, coarse }
  await askHub(settings, { path: 'boundaries', body, withinMs: WITHIN_MS })
  say(`Outlines on the maps: of ${fine.length} of the ${municipalities.length} municipalities in the registry.`)
  if (unknown.length > 0) say(`Left out, because no municipality of the registry has these codes: ${named(unknown)}.`)
  if (incomplete.length > 0)
    say(`Left out, because the file has only a part of them, of before their merger: ${named(incomplete)}.`)
  if (missing.length > 0) say(`Not in the file, and dots: ${named(missing)}.`)
}

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => {
    throw new CommandError(`There is no file ${file} that can be read.`)
  })
  if (size > BOUNDARY_FILE_BYTES_MAX) {
    throw new BoundaryFileError(
      `The file has ${Math.ceil(size / MEGABYTE)} MB, and at most ${BOUNDARY_FILE_BYTES_MAX / MEGABYTE} are read: give municipalities only, or a coarser version`,
    )
  }
  return await readFile(file, 'utf8')
}

function named(things: readonly (string | number)[]): string {
  const more = things.length - NAMED_MAX
  return `${things.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** Without a file: what there is goes away. */
function orderOf(args: readonly string[]): { readonly file?: string; readonly code?: string } {
  const { values, positionals } = parsed(args)
  const [verb, file, ...rest] = positionals
  if (verb === 'remove' && file === undefined && values.code === undefined) return {}
  if (verb === 'import' && file !== undefined && rest.length === 0)
    return { file, ...(values.code !== undefined && { code: values.code }) }
  throw new CommandError('Say "boundaries import <file.geojson>" or "boundaries remove"; --help says what there is.', EXIT.usage)
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { code: { type: 'string' } }, allowPositionals: true })
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : String(cause)} --help says what there is.`, EXIT.usage)
  }
}
