import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'
import { signedIn } from './sign-in.ts'

test('a token is made, reads the places of its account, and ends when it is revoked or the account loses its role, by import or on the page of roles', async (context) => {
  const problem = installationProblem()
  context.skip(problem !== '', problem)
  await using installation = await Installation.create()
  await installation.start()
  const places = async (token: string) => {
    const authorization = `Basic ${Buffer.from(`spreadsheet:${token}`).toString('base64')}`
    const reply = await fetch(`${installation.dashboardUrl}/api/v1/places?format=csv`, { headers: { authorization } })
    return reply.ok ? (await reply.text()).trim().split('\r\n') : reply.status
  }

  expect(installation.run('tokens', 'create', '--account', 'sample-samira', '--name', 'x')).toMatchObject({
    code: 1,
    output: expect.stringContaining('No account sample-samira that reads figures'),
  })
  const made = installation.run('tokens', 'create', '--account', 'sample-gent', '--name', 'Report')
  const [token = '', id = ''] = /(?:zuil_)([a-z0-9]{12})_[a-z0-9]{32}/.exec(made.output) ?? []
  expect(made.code).toBe(0)
  await expect.poll(() => places(token)).toEqual(['place,name', 'all,', 'municipality:44021,Gent'])
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toHaveLength(3)

  const listed = installation.run('tokens', 'list')
  expect(listed.output).toContain(`${id}  sample-gent  Report  until it is revoked`)
  expect(listed.output).not.toContain(token)
  expect(installation.run('tokens', 'revoke', id)).toMatchObject({ code: 0 })
  expect(await places(token)).toBe(401)
  expect(installation.run('tokens', 'list').output).toContain(`${id}  sample-gent  Report  revoked`)

  const account = { id: 'sample-gent', email: 'gent@example.be', password: 'sample-password' }
  expect(installation.importRegistry([JSON.stringify({ kind: 'accounts', data: account })]).code).toBe(0)
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toBe(403)

  const administrator = {
    id: 'administrator',
    email: 'publiq@example.be',
    password: 'sample-password',
    roles: [{ role: 'publiq' }],
  }
  expect(installation.importRegistry([JSON.stringify({ kind: 'accounts', data: administrator })]).code).toBe(0)
  const page = `${installation.dashboardUrl}/beheer/rollen`
  const browser = await signedIn(installation.dashboardUrl, '/beheer/rollen', administrator)
  const gift = { account: 'Gent@example.be', rol: 'municipality', plaats: 'Gent' }
  expect(await browser.next(`${page}/geef`, gift)).toBe(`${page}?melding=given`)
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toHaveLength(3)
  expect(await (await browser.open(page)).text()).toContain('gent@example.be: Gemeente Gent')
  expect(await browser.next(`${page}/neem`, { nummer: 'sample-gent municipality:44021' })).toBe(`${page}?melding=taken`)
  expect(await places('zuil_sample000001_samplesamplesamplesamplesample22')).toBe(403)
  expect(await browser.next(`${page}/neem`, { nummer: 'administrator publiq' })).toBe(`${page}?melding=last`)

  expect(installation.run('tokens', 'revoke', 'nobody000001')).toMatchObject({ code: 1 })
  expect(installation.run('tokens', 'create')).toMatchObject({ code: 2 })
})
