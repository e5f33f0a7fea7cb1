import type { OrganizerSale } from '@zuil/warehouse'

/** A ticket of € 12.00 of a resident of Ghent; 20 % is paid by the participant. */
export function organizerSale(sale: Partial<OrganizerSale> = {}): OrganizerSale {
  return {
    id: '019aa000-0000-7000-8000-000000000001',
    soldAt: Date.parse('2026-07-01T18:30:00Z'),
    event: 'event-1',
    title: 'Lenteconcert',
    venue: 44021,
    payer: 44021,
    isGroupPass: false,
    client: 'balie',
    tariff: 'SOCIALTARIFF',
    key: 'Kansentarief',
    label: 'Basistarief',
    regularPrice: 1_200,
    participant: 240,
    organizerShare: 480,
    localGovernment: 480,
    flemishGovernment: 0,
    ...sale,
  }
}
