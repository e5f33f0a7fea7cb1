import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'

/** A change of the registry is seen within a second. */
const KNOWN_WITHIN_MS = 5_000
const LOADED_WITHIN_MS = 20_000
const LOOK_MS = 100

test('what the README types in works on a fresh installation, and the data is found again at the next start', async (context) => {
  const problem = installationProblem()
  context.skip(problem !== '', problem)
  await using installation = await Installation.create()
  await installation.start()
  await expect.poll(() => knowsSampleClient(installation.apiUrl), { timeout: KNOWN_WITHIN_MS, interval: LOOK_MS }).toBe(true)

  const printed = runBlock(installation.apiUrl)
  expect(statusLines(printed)).toEqual(['201 Created', '400 Bad Request', '200 OK', '201 Created'])
  expect(printed).toContain('"newPoints":1,"totalPoints":31')
  expect(printed).toContain('"firstName":"Wout","points":31')
  expect(printed).toContain('"id":"CHECKINS_WRITE"')
  const receipt = /"id":"(0\.\d+-\d+)","journalled":true/.exec(printed)?.[1]
  expect(receipt).toBeDefined()
  await expect
    .poll(() => isLoaded(installation.apiUrl, receipt ?? ''), { timeout: LOADED_WITHIN_MS, interval: LOOK_MS })
    .toBe(true)
  expectPeople(runBlock(installation.apiUrl, 'docs/people.md'))
  expect(await (await fetch(installation.dashboardUrl)).text()).toContain('<html lang="nl"')
  expect(await installation.stop()).toBe(0)

  await installation.start()
  expect(installation.output).not.toContain('sample registry is loaded')
  expect(statusLines(runBlock(installation.apiUrl))).toEqual(['201 Created', '400 Bad Request', '400 Bad Request', '201 Created'])
  expect(await isLoaded(installation.apiUrl, receipt ?? '')).toBe(true)
  expect(await installation.stop()).toBe(0)
})

async function knowsSampleClient(apiUrl: string): Promise<boolean> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'sample-client',
    client_secret: 'sample-secret',
  })
  return (await fetch(`${apiUrl}/realms/uitid/protocol/openid-connect/token`, { method: 'POST', body })).ok
}

/** Samira signs in, sees herself and her daughter, and may not look up somebody else's pass. */
function expectPeople(printed: string): void {
  expect(printed).toContain('"firstName":"Samira"')
  expect(printed).toContain('"firstName":"Aya"')
  expect(statusLines(printed)).toEqual(['403 Forbidden'])
}

/** Runs the block of a document that talks to the API, with the address of this installation. */
function runBlock(apiUrl: string, file = 'README.md'): string {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
  const block = /```sh\n(api=[\s\S]*?)```/.exec(text)?.[1] ?? ''
  const { stdout } = spawnSync('bash', ['-c', block.replace('http://127.0.0.1:8081', apiUrl)], { encoding: 'utf8' })
  return stdout
}

function statusLines(printed: string): string[] {
  return [...printed.matchAll(/HTTP\/1\.1 (\d{3} [A-Za-z ]+)/g)].map((hit) => (hit[1] ?? '').trim())
}

/** Whether the receipt says that the check-in can be read in the warehouse. */
async function isLoaded(apiUrl: string, receipt: string): Promise<boolean> {
  const answer = await fetch(`${apiUrl}/receipts/${receipt}`, {
    headers: { 'x-custom-token': '516761df-0237-44ea-88f1-9d8b00dd836e' },
  })
  const body: unknown = await answer.json()
  return typeof body === 'object' && body !== null && 'loaded' in body && body.loaded === true
}
