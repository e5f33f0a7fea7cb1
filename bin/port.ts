import { createServer } from 'node:net'
import { CommandError } from './command.ts'

/** Fails with one clear sentence when nobody can listen there. */
export async function requireFreePort(
  host: string,
  port: number,
  what: { readonly name: string; readonly setting: string },
): Promise<void> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        `Port ${port} (${what.name}) is in use by another program: stop it, or choose another port with ${what.setting}.`,
      )
    }
    if (code === 'EACCES')
      throw new CommandError(
        `Port ${port} (${what.name}) may not be used by this account: choose one above 1023 with ${what.setting}.`,
      )
    throw new CommandError(
      `Cannot listen on ${host}:${port} (${what.name}): ${String(code)}. Check ZUIL_HOST and ${what.setting}.`,
    )
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}
