import { type Command, CommandError, EXIT, say } from '../command.ts'
import { readSettings } from '../config.ts'
import { importFile } from '../registry-import.ts'

export const importRegistry: Command = {
  help: [
    'Usage: npm run zuil -- import <file.ndjson>',
    '',
    'Each line is {"kind": "passholders", "data": {…}}; the kinds and shapes stand in docs/registry.md. Lines are taken',
    'in order. A bad line is named with its reason and does not stop the others; the same file again changes nothing.',
    '',
    'Exit codes: 0 all lines taken, 1 some lines refused, 2 wrong use, 3 the file or the API cannot be reached.',
  ].join('\n'),
  async run(args) {
    const [file, ...rest] = args
    if (!file || rest.length > 0) throw new CommandError('Give one file: npm run zuil -- import <file.ndjson>', EXIT.usage)
    const showsProgress = process.stderr.isTTY
    const report = await importFile(readSettings(), file, (lines) => {
      if (showsProgress && lines % 1_000 === 0) process.stderr.write(`\r${lines} lines`)
    })
    if (showsProgress) process.stderr.write('\r')
    for (const line of report.refused) say(`line ${line.line}: ${line.reason}`)
    const more = report.refusedCount - report.refused.length
    if (more > 0) say(`and ${more} more refused lines`)
    say(`${report.taken} of ${report.lines} lines taken, ${report.refusedCount} refused.`)
    return report.refusedCount > 0 ? EXIT.found : EXIT.ok
  },
}
