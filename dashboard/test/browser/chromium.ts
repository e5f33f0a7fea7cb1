import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
/**
 * No sandbox: tests often run as root in a container. No GPU: where there is none, doing as if takes a seventh of the work. The rest keeps
 * the browser from talking to anybody but us.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Path of a Chromium on this machine; none when there is none, which in CI is an error. */
export function findChromium(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/Applications/Chromium.app/Contents/MacOS']
  const path = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((candidate) => existsSync(candidate))
  if (!path && process.env.CI) throw new Error('No chromium on this machine; install the package chromium')
  return path
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ARGUMENTS })
}
