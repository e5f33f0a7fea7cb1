import { changePageLoad } from './change-page-load.server.ts'

export const load = changePageLoad()
