import type { Command } from './command.ts'
import { doctor } from './commands/doctor.ts'
import { hub } from './commands/hub.ts'
import { importRegistry } from './commands/import.ts'
import { ingest } from './commands/ingest.ts'
import { start } from './commands/start.ts'

/** Every command, in the order in which `zuil help` shows them. */
export const commands: readonly Command[] = [start, importRegistry, doctor, ingest, hub]
