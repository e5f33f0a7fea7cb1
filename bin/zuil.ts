import { CommandError, EXIT, say } from './command.ts'
import { commands } from './commands.ts'

/** `zuil <command> [options]`: finds the command, runs it, and turns what went wrong into one sentence and an exit code. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (!name || name === '--help' || name === 'help') {
    say(overview())
    return name ? EXIT.ok : EXIT.usage
  }
  const listed = commands.find((known) => known.name === name)
  if (!listed) {
    process.stderr.write(`zuil: there is no command "${name}". "npm run zuil -- help" lists them.\n`)
    return EXIT.usage
  }
  const command = await listed.load()
  if (rest.includes('--help')) {
    say(command.help)
    return EXIT.ok
  }
  return command.run(rest)
}

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return ['Usage: npm run zuil -- <command> [options]', '', ...lines, '', 'Each command has --help.'].join('\n')
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = exitCodeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`zuil: ${message}\n`)
  // A stack helps only where the failure is not one that we foresaw.
  if (!isExpected(error) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
}

function isExpected(error: unknown): boolean {
  return error instanceof CommandError || (error instanceof Error && /^(Setting|Config|Warehouse)Error$/.test(error.name))
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode
  return isExpected(error) ? EXIT.unavailable : 70
}
