import { expect, test } from 'vitest'
import { Installation, installationProblem } from './installation.ts'

test('a token is made, reads the places of its account, and ends when it is revoked or the account loses its role', async (context) => {
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
  expect(installation.run('tokens', 'revoke', 'nobody000001')).toMatchObject({ code: 1 })
  expect(installation.run('tokens', 'create')).toMatchObject({ code: 2 })
})
