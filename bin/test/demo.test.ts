import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { previousPeriod, reportingPeriodOf } from '@zuil/core'
import { ROLES_CLAIM } from '@zuil/core/contracts/roles'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSettings } from '../config.ts'
import { parseDemoOptions, requireDemoSettings } from '../demo/demo-options.ts'
import { DEMO_APP, DEMO_PASSWORD, demoWorld, newDemo, readDemo, writeDemo } from '../demo/demo-record.ts'
import { Installation, installationProblem } from './installation.ts'
import { claimsOfSignedIn, pageOfSignedIn, signedIn } from './sign-in.ts'

/** A history, two starts, two stops. */
const WITHIN_MS = 300_000
const SMALL = ['demo', '--holders', '300', '--rate', '20']
/** With a history first; that machine may be busy, too. */
const LIVE = { said: 'People check in now', withinMs: 150_000 }

const LAST_QUARTER = previousPeriod(reportingPeriodOf('QUARTER', Math.floor(Date.now() / 86_400_000))).key

/** A triangle around it, in degrees. */
const MAASMECHELEN =
  '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"NISCODE":"73107"},"geometry":' +
  '{"type":"Polygon","coordinates":[[[5.6,50.9],[5.8,50.9],[5.7,51],[5.6,50.9]]]}}]}'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-demo-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

test(
  'a demo makes its history, lets people come and sign in, stops on request, and goes on at the second start',
  async (context) => {
    const problem = installationProblem()
    context.skip(problem !== '', problem)
    await using installation = await Installation.create()
    await installation.start(SMALL, LIVE)
    const { apiUrl: api, dashboardUrl } = installation
    expect((await fetch(dashboardUrl)).status).toBe(200)
    const who = { api, app: DEMO_APP, redirectUri: 'http://127.0.0.1/terug', password: DEMO_PASSWORD }
    expect((await claimsOfSignedIn({ ...who, email: 'gemeente@example.be' }))[ROLES_CLAIM]).toEqual([
      { role: 'municipality', nis: 73107 },
    ])
    expect((await claimsOfSignedIn({ ...who, email: 'regio@example.be' }))[ROLES_CLAIM]).toEqual([
      { role: 'region', cardSystem: 14 },
    ])
    const clerk = { email: 'gemeente@example.be', password: DEMO_PASSWORD }
    expect(await pageOfSignedIn(dashboardUrl, '/nu', clerk)).toContain('gemeente Maasmechelen')
    expect(installation.run('doctor').output).toContain(`Accounts of the demo (${DEMO_APP}) are active`)
    const reader = await signedIn(dashboardUrl, '/nu', clerk)
    const releases = async () => {
      const list = await (await reader.open(`${dashboardUrl}/api/v1/releases?format=csv`)).text()
      return list.split('\n').filter((line) => line.includes(LAST_QUARTER)).length
    }
    const before = await releases()
    // whoever looks meanwhile must not keep the new one from who looks afterwards
    expect(await installation.runBeside(['publish', '--period', LAST_QUARTER], releases)).toMatchObject({ code: 0 })
    expect(await releases()).toBeGreaterThan(before)
    const outlines = join(folder, 'outlines.geojson')
    await writeFile(outlines, MAASMECHELEN)
    expect(installation.run('boundaries', 'import', outlines)).toEqual({
      code: 0,
      output: expect.stringMatching(/of 1 of the 3 municipalities.*dots: Dilsen-Stokkem, Lanaken/s),
    })
    await writeFile(outlines, MAASMECHELEN.replaceAll('5.6', '245000'))
    expect(installation.run('boundaries', 'import', outlines)).toMatchObject({ code: 1 })
    expect(installation.run('boundaries', 'remove').code).toBe(0)
    expect(await installation.stop()).toBe(0)
    expect(installation.output).toMatch(/^(check-in|upload) +[1-9]\d* +\d+ +0$/m)
    expect(installation.output).not.toContain('not foreseen')

    expect(installation.run('start')).toEqual({ code: 3, output: expect.stringContaining('npm run demo goes on with it') })
    await installation.start(SMALL, LIVE)
    expect(installation.output).not.toContain('Making the history')
    expect(await installation.stop()).toBe(0)
    expect(installation.output).not.toContain('not foreseen')
    expect(installation.run('reconcile')).toEqual({ code: 0, output: expect.stringContaining('Everything agrees') })
  },
  WITHIN_MS,
)

describe('a demo', () => {
  const today = Date.UTC(2026, 10, 21) / 86_400_000

  test('has at least three whole years of history, and a world that goes on after it', () => {
    const demo = newDemo(today)
    const { from, until } = demoWorld(demo)
    expect(demo).toMatchObject({ until: '2026-11-21', isTold: false })
    expect(today - from).toBeGreaterThan(3 * 366)
    expect(until).toBeGreaterThan(today + 366)
  })

  test('is the same one at the next start', async () => {
    expect(await readDemo(folder)).toBeUndefined()
    const demo = { ...newDemo(today, { holders: 500 }), isTold: true }
    await writeDemo(folder, demo)
    expect(await readDemo(folder)).toEqual(demo)
  })

  test('does not go on with people of another version', async () => {
    await writeDemo(folder, { ...newDemo(today), population: 1 })
    await expect(readDemo(folder)).rejects.toThrow(`another version of Zuil: delete ${folder}`)
  })

  test('does not begin in a folder that holds something else, nor go on from a record that it cannot read', async () => {
    await writeFile(join(folder, 'zuil.txt'), '')
    await expect(readDemo(folder)).rejects.toThrow('holds something that is no demo (zuil.txt)')
    await writeFile(join(folder, 'demo.json'), '{"seed":')
    await expect(readDemo(folder)).rejects.toThrow('demo.json cannot be read')
  })

  test.each([
    ['ZUIL_REDIS_URL', 'redis://127.0.0.1:6379'],
    ['ZUIL_CLICKHOUSE_URL', 'http://127.0.0.1:8123'],
    ['ZUIL_ISSUER', 'https://login.example.be'],
    ['ZUIL_PUBLIC_URL', 'https://uitpas.example.be'],
    ['ZUIL_DASHBOARD_URL', 'https://zuil.example.be'],
    ['ZUIL_LANES', '2'],
    ['ZUIL_HOST', '0.0.0.0'],
  ])('stays on this machine: %s is left out', (name, value) => {
    const environment = { [name]: value }
    expect(() => requireDemoSettings(readSettings(environment), environment)).toThrow(`leave ${name} out`)
  })

  test.each([
    [['--rate', 'many'], '--rate is "many": give a whole number from 1 to 100'],
    [['--holders', '1'], '--holders is "1"'],
    [['--speed', '3'], 'Usage: npm run demo'],
    [['now'], 'Usage: npm run demo'],
  ])('says what is wrong with %j', (args, message) => {
    expect(() => parseDemoOptions(args)).toThrow(message)
  })
})
