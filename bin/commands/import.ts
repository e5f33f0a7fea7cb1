import { parseArgs } from 'node:util'
import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import type { Predecessor } from '../predecessor-pass.ts'
import { importFile } from '../registry-import.ts'

const USAGE = 'npm run zuil -- import [--programme <id> [--points-to <programme>]] <file.ndjson>'

export const importRegistry: Command = {
  help: [
    `Usage: ${USAGE}`,
    '',
    'Each line is {"kind": "passholders", "data": {…}}; the kinds and shapes stand in docs/registry.md. Lines are taken',
    'in order. A bad line is named with its reason and does not stop the others; the same file again changes nothing.',
    '{"kind": "clients", "remove": "<id>"} takes a client out, and kiosks and accounts likewise.',
    '',
    '  --programme <id>         the passholders have passes of this programme, and may bring "points": these are given as',
    '                           a marked bonus of the programme, once',
    '  --points-to <programme>  the points become a marked bonus of this programme instead (uitpas, mostly), for the',
    '                           passholder that the line names in "pointsTo"',
    '',
    'Exit codes: 0 all lines taken, 1 some lines refused, 2 wrong use, 3 the file or the API cannot be reached.',
  ].join('\n'),
  async run(args) {
    const { file, predecessor } = readArguments(args)
    const showsProgress = process.stderr.isTTY
    const report = await importFile(readSettings(), file, {
      predecessor,
      onProgress: (lines) => {
        if (showsProgress && lines % 1_000 === 0) process.stderr.write(`\r${lines} lines`)
      },
    })
    if (showsProgress) process.stderr.write('\r')
    for (const line of report.refused) say(`line ${line.line}: ${line.reason}`)
    const more = report.refusedCount - report.refused.length
    if (more > 0) say(`and ${more} more refused lines`)
    say(`${report.taken} of ${report.lines} lines taken, ${report.refusedCount} refused.`)
    const { given, before } = report.points
    if (predecessor) say(`Points of ${given} passes given as a bonus; ${before} had theirs before.`)
    return report.refusedCount > 0 ? EXIT.found : EXIT.ok
  },
}

/** @throws {CommandError} that names the right use */
function readArguments(args: readonly string[]): { readonly file: string; readonly predecessor: Predecessor | undefined } {
  const { values, positionals } = parsed(args)
  const [file, ...rest] = positionals
  if (!file || rest.length > 0) throw new CommandError(`Give one file: ${USAGE}`, EXIT.usage)
  const { programme, 'points-to': pointsTo } = values
  if (programme === undefined) {
    if (pointsTo !== undefined) throw new CommandError(`--points-to needs --programme: ${USAGE}`, EXIT.usage)
    return { file, predecessor: undefined }
  }
  if (pointsTo === programme) throw new CommandError('--points-to names another programme than --programme', EXIT.usage)
  return { file, predecessor: { programme, ...(pointsTo !== undefined && { pointsTo }) } }
}

function parsed(args: readonly string[]) {
  try {
    const options = { programme: { type: 'string' }, 'points-to': { type: 'string' } } as const
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : String(cause)} Usage: ${USAGE}`, EXIT.usage)
  }
}
