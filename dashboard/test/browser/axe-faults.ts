import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const HTML_SHOWN_MAX = 160

/**
 * Faults that axe finds on a page, each with the elements that have it. Without the inside of drawings: they are one image each, and
 * axe would look at every letter in them. The legacy mode spares a page for frames, which we have none of.
 * @param contrast does not depend on the language, and takes longest
 */
export async function axeFaults(
  page: Page,
  { contrast = true } = {},
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], runOnly: { type: 'tag', values: RULES } })
    .setLegacyMode()
    .exclude('figure svg > *')
  const { violations } = await (contrast ? axe : axe.disableRules(['color-contrast'])).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, HTML_SHOWN_MAX))])
}
