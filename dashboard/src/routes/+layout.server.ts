import { shellView } from '../server/shell/shell-view.ts'
import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, url }) => ({ shell: shellView(url, locals.principal) })
