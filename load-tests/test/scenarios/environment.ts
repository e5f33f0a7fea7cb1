/** What k6 has beside its modules: variables and files of the stage. Imported before any scenario. */
const DOOR = {
  cardSystem: 5,
  checkinCode: 'code-1',
  deviceId: 'kiosk-1',
  token: 'token-1',
  clientId: 'client-1',
  clientSecret: 'secret-1',
}
export const cast = {
  doors: [
    { ...DOOR, eventId: 'event-1' },
    { ...DOOR, eventId: 'event-2', deviceId: 'kiosk-2', token: 'token-2' },
  ],
  reward: 'reward-1',
  appToken: 'app-token',
  hours: Array.from({ length: 24 }, (_, hour) => hour / 23),
}
export const visitors = [
  { passholderId: 'holder', uitpasNumber: '0920000000108', chipNumber: '049E3779B16180', cardSystem: 5, hasSocialTariff: true },
  { passholderId: 'holder', uitpasNumber: '0920000000009', chipNumber: '04000000006180', cardSystem: 5, hasSocialTariff: true },
  { passholderId: 'holder', uitpasNumber: '0920000000207', chipNumber: '', cardSystem: 5, hasSocialTariff: true },
]

Object.assign(globalThis, {
  __ENV: {
    ZUIL_API: 'http://api',
    ZUIL_DASHBOARD: 'http://dashboard',
    ZUIL_CAST: '/stage/',
    ZUIL_RATE: '100',
    ZUIL_SECONDS: '60',
    ZUIL_RUN: 'run1',
    ZUIL_PATIENCE_MS: '50',
    ZUIL_SUMMARY: 'summary.json',
  },
  open: (path: string) => JSON.stringify(path.endsWith('cast.json') ? cast : visitors),
})
