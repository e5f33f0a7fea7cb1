import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import os from 'node:os'

/** The facts without which a figure says nothing. */
export function machineFacts(): readonly string[] {
  const cpus = os.cpus()
  return [
    `machine    ${cpus.length} cores (${cpus[0]?.model.trim() ?? 'unknown'}), ${(os.totalmem() / 2 ** 30).toFixed(1)} GiB, ${os.type()} ${os.release()}`,
    `load       ${os.loadavg()[0]?.toFixed(2)} processes before the start (others on this machine make every figure worse)`,
    `versions   node ${process.versions.node}, redis ${redisVersion()}, chdb ${packageVersion('chdb')}, fastify ${packageVersion('fastify')}`,
  ]
}

function redisVersion(): string {
  try {
    return /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown'
  } catch {
    return 'not found'
  }
}

/** Read from the package itself, wherever npm put it: this workspace does not depend on the engine. */
function packageVersion(name: string): string {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return String(require(`${folder}/${name}/package.json`).version)
    } catch {
      // not in this folder: look in the next one
    }
  }
  return 'not found'
}
