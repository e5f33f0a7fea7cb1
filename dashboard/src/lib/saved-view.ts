export const VIEWS_PATH = '/weergaven'
/** Where a locked link leads: `/dossier/<token>`. */
export const LOCKED_PATH = '/dossier'
/** Letters of a name, which becomes part of an address. */
export const VIEW_NAME_MAX = 60
/** How long a locked link can hold. */
export const LINK_MONTHS = [1, 6, 12, 60] as const

export const VIEW_FIELDS = { name: 'naam', address: 'adres', months: 'maanden', fault: 'fout', id: 'nummer' } as const
/** Why a view or link was not kept. */
export const VIEW_FAULTS = ['name', 'taken', 'address', 'months', 'full', 'nothing'] as const
export type ViewFault = (typeof VIEW_FAULTS)[number]
