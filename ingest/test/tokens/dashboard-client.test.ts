import { expect, test } from 'vitest'
import { Secrets } from '../../src/secrets.ts'
import { DASHBOARD_CLIENT, withDashboard } from '../../src/tokens/dashboard-client.ts'

const secrets = new Secrets(Buffer.alloc(32, 5))
const APP = { id: 'app', name: 'App', grants: [] }
const registry = {
  client: (id: string) => (id === 'app' ? APP : undefined),
  hasClientSecret: (id: string) => id === 'app',
  verifyClientSecret: (id: string, secret: string) => id === 'app' && secret === 'of the app',
}
const clients = withDashboard(registry, { dashboardUrl: 'https://zuil.example.be', secrets })

test('the issuer knows the dashboard of its own installation without an entry, and sends people back to it only', () => {
  expect(clients.client(DASHBOARD_CLIENT)).toEqual({
    id: DASHBOARD_CLIENT,
    name: 'Zuil',
    grants: [],
    redirectUris: ['https://zuil.example.be/aanmelden/terug'],
  })
  expect(clients.hasClientSecret(DASHBOARD_CLIENT)).toBe(true)
})

test('its secret is that of the installation, and no other opens it', () => {
  expect(clients.verifyClientSecret(DASHBOARD_CLIENT, secrets.token('dashboard'))).toBe(true)
  expect(clients.verifyClientSecret(DASHBOARD_CLIENT, new Secrets(Buffer.alloc(32, 6)).token('dashboard'))).toBe(false)
  expect(clients.verifyClientSecret(DASHBOARD_CLIENT, '')).toBe(false)
})

test('every other client is that of the registry', () => {
  expect([clients.client('app'), clients.client('nobody')]).toEqual([APP, undefined])
  expect([clients.verifyClientSecret('app', 'of the app'), clients.verifyClientSecret('app', 'another')]).toEqual([true, false])
})
