/** An operation of the official document. */
export interface OfficialOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As in the official document, e.g. `/events/{eventId}/settings`. */
  readonly path: string
  /** Why it stays out, and what to use instead. Absent: it is here. */
  readonly instead?: string
}

const REGISTRATION = 'Registration stays in the official system; passholders come with the registry (PUT /registry/passholders).'
const FAMILIES =
  'Families are managed in the official system; they come with the registry (familyMembers of PUT /registry/passholders).'
const PICTURES = 'No pictures are kept; use the official system.'
const PRIVATE = 'Private properties are kept in the official system.'
const SCHOOLS = 'Schools of passholders are kept in the official system.'
const ASSOCIATIONS = 'Associations and their members are kept in the official system.'
const UITID = 'UiTiD accounts are linked in the official system.'
const ORDERS = 'Orders and payments are made in the official system.'
const ADMINS = 'Who may do what is set for clients: PUT /permissions/{clientId}. Admins are persons with a UiTiD.'
const VALIDATION = 'The right to the social tariff is validated in the official system and comes with the registry.'
const PRICES_OF_PERSON = 'Only GET /card-systems/{cardSystemId}/membership-prices: prices for one person come with registration.'

/** Every operation of the official document, in its order. The ones without a route of their own answer 501. */
export const OFFICIAL_OPERATIONS: readonly OfficialOperation[] = [
  { method: 'GET', path: '/tariffs' },
  { method: 'GET', path: '/tariffs/static' },
  { method: 'POST', path: '/ticket-sales' },
  { method: 'GET', path: '/ticket-sales' },
  { method: 'POST', path: '/checkins' },
  { method: 'GET', path: '/checkins' },
  { method: 'DELETE', path: '/checkins/{checkinId}' },
  { method: 'GET', path: '/checkin-status' },
  { method: 'DELETE', path: '/ticket-sales/{ticketSaleId}' },
  { method: 'GET', path: '/permissions' },
  { method: 'PUT', path: '/events/{eventId}/card-systems' },
  { method: 'GET', path: '/events/{eventId}/card-systems' },
  { method: 'GET', path: '/permissions/{clientId}' },
  { method: 'PUT', path: '/permissions/{clientId}' },
  { method: 'PUT', path: '/events/{eventId}/settings' },
  { method: 'GET', path: '/events/{eventId}/settings' },
  { method: 'GET', path: '/events/{eventId}/qr-checkincodes/download-link' },
  { method: 'GET', path: '/organizers' },
  { method: 'GET', path: '/organizers/{id}' },
  { method: 'GET', path: '/organizers/{organizerId}/admins', instead: ADMINS },
  { method: 'POST', path: '/organizers/{organizerId}/admins', instead: ADMINS },
  { method: 'DELETE', path: '/organizers/{organizerId}/admins/{adminUserId}', instead: ADMINS },
  { method: 'GET', path: '/associations', instead: ASSOCIATIONS },
  { method: 'GET', path: '/passholders', instead: 'Use GET /passes for a pass, or GET /passholders/{passholderId}.' },
  { method: 'POST', path: '/passholders', instead: REGISTRATION },
  { method: 'GET', path: '/grouppasses' },
  { method: 'GET', path: '/grouppasses/{passholderId}' },
  { method: 'GET', path: '/grouppasses/{passholderId}/coupons' },
  { method: 'GET', path: '/passholders/{passholderId}' },
  { method: 'DELETE', path: '/passholders/{passholderId}', instead: REGISTRATION },
  { method: 'PUT', path: '/passholders/{passholderId}', instead: REGISTRATION },
  { method: 'GET', path: '/passholders/{passholderId}/private', instead: PRIVATE },
  { method: 'PUT', path: '/passholders/{passholderId}/private', instead: PRIVATE },
  { method: 'GET', path: '/passholders/{passholderId}/picture', instead: PICTURES },
  { method: 'PUT', path: '/passholders/{passholderId}/picture', instead: PICTURES },
  { method: 'DELETE', path: '/passholders/{passholderId}/picture', instead: PICTURES },
  { method: 'POST', path: '/passholders/{passholderId}/memberships/{cardSystemId}', instead: REGISTRATION },
  { method: 'GET', path: '/passholders/{passholderId}/memberships/{cardSystemId}' },
  { method: 'GET', path: '/passholders/{passholderId}/association-memberships', instead: ASSOCIATIONS },
  { method: 'POST', path: '/passholders/{passholderId}/association-memberships', instead: ASSOCIATIONS },
  {
    method: 'DELETE',
    path: '/passholders/{passholderId}/association-memberships/{associationId}',
    instead: ASSOCIATIONS,
  },
  { method: 'GET', path: '/passholders/{passholderId}/coupons' },
  { method: 'GET', path: '/passholders/me/uitid/registration-token', instead: UITID },
  { method: 'GET', path: '/passholders/me/uitid/status', instead: UITID },
  { method: 'GET', path: '/uitid/emails/{email}', instead: UITID },
  { method: 'GET', path: '/passholders/membership-prices/{cardSystemId}', instead: PRICES_OF_PERSON },
  { method: 'GET', path: '/passholders/{passholderId}/membership-prices/{cardSystemId}', instead: PRICES_OF_PERSON },
  { method: 'PUT', path: '/passholders/me/uitid', instead: UITID },
  { method: 'GET', path: '/passholders/me' },
  { method: 'POST', path: '/passholders/me', instead: REGISTRATION },
  { method: 'POST', path: '/passholders/{passholderId}/checkins' },
  { method: 'GET', path: '/passholders/{passholderId}/transactions' },
  { method: 'GET', path: '/passholders/{passholderId}/family-members' },
  { method: 'POST', path: '/passholders/{passholderId}/family-members', instead: FAMILIES },
  { method: 'PUT', path: '/passholders/{passholderId}/family-members/{familyMemberId}', instead: FAMILIES },
  { method: 'DELETE', path: '/passholders/{passholderId}/family-members/{familyMemberId}', instead: FAMILIES },
  { method: 'GET', path: '/passholders/{passholderId}/families', instead: FAMILIES },
  { method: 'GET', path: '/passholders/{passholderId}/school', instead: SCHOOLS },
  { method: 'PUT', path: '/passholders/{passholderId}/school', instead: SCHOOLS },
  { method: 'DELETE', path: '/passholders/{passholderId}/school', instead: SCHOOLS },
  { method: 'GET', path: '/organizers/{organizerId}/financial-reports/periods' },
  { method: 'POST', path: '/organizers/{organizerId}/financial-reports' },
  { method: 'GET', path: '/organizers/{organizerId}/financial-reports' },
  { method: 'GET', path: '/organizers/{organizerId}/financial-reports/{reportId}' },
  { method: 'GET', path: '/organizers/{organizerId}/financial-reports/{reportId}/download-link' },
  { method: 'GET', path: '/organizers/{organizerId}/financial-reports/{reportId}.zip' },
  { method: 'GET', path: '/passes' },
  { method: 'GET', path: '/passes/{uitpasNumber}' },
  { method: 'GET', path: '/insz-numbers/{inszNumber}' },
  { method: 'GET', path: '/chip-numbers/{chipNumber}' },
  { method: 'GET', path: '/rewards' },
  { method: 'POST', path: '/rewards' },
  { method: 'GET', path: '/rewards/{rewardId}' },
  { method: 'PUT', path: '/rewards/{rewardId}' },
  { method: 'GET', path: '/rewards/{rewardId}/redeem-status' },
  { method: 'POST', path: '/rewards/redeemed' },
  { method: 'GET', path: '/rewards/redeemed' },
  { method: 'DELETE', path: '/rewards/redeemed/{redeemedRewardId}' },
  { method: 'GET', path: '/card-systems' },
  { method: 'GET', path: '/card-systems/{cardSystemId}' },
  { method: 'GET', path: '/card-systems/{cardSystemId}/social-tariff-settings' },
  { method: 'GET', path: '/card-systems/{cardSystemId}/city-settings' },
  { method: 'GET', path: '/card-systems/{cardSystemId}/membership-prices' },
  { method: 'POST', path: '/orders', instead: ORDERS },
  { method: 'GET', path: '/orders/{orderId}', instead: ORDERS },
  { method: 'GET', path: '/passholders/status/insz-numbers/{inszNumber}' },
  { method: 'GET', path: '/cards' },
  { method: 'GET', path: '/cards/social-tariff/{cardSystemId}/active', instead: VALIDATION },
  { method: 'GET', path: '/kiosks' },
  { method: 'GET', path: '/kiosks/{kioskId}/fixed-event' },
  { method: 'PUT', path: '/kiosks/{kioskId}/fixed-event' },
  { method: 'DELETE', path: '/kiosks/{kioskId}/fixed-event' },
  { method: 'PUT', path: '/kiosk-devices/setup' },
  { method: 'GET', path: '/kiosk-devices' },
  { method: 'GET', path: '/kiosk-devices/events' },
  { method: 'PUT', path: '/kiosk-devices/events' },
  { method: 'DELETE', path: '/kiosk-devices/events' },
  { method: 'POST', path: '/kiosk-devices/checkins' },
  { method: 'GET', path: '/kiosk-devices/checkins' },
  { method: 'GET', path: '/kiosk-devices/chip-numbers/{chipNumber}' },
  { method: 'GET', path: '/social-tariff-validation/start', instead: VALIDATION },
  { method: 'POST', path: '/social-tariff-validation/token', instead: VALIDATION },
  { method: 'GET', path: '/social-tariff-validation', instead: VALIDATION },
]
