import { accessibilityStatement } from '../../server/pages/accessibility-statement.ts'
import { openPage } from '../open-page.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = (event) => ({ statement: accessibilityStatement(openPage(event).state.language) })
