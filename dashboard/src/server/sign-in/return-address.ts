/** Longer than any address of a page with all that can be chosen. */
const LENGTH_MAX = 1_000
/** Anything serves: only what stands behind the host is looked at. */
const HERE = 'http://zuil.invalid'

/**
 * Where somebody goes after signing in: a page of ours by path and query, whatever was asked for. What a browser could read as
 * another site (`//`, `/\`, a scheme) is the standard.
 */
export function returnAddress(wanted: unknown, standard = '/'): string {
  if (typeof wanted !== 'string' || wanted.length > LENGTH_MAX || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return standard
  const url = URL.parse(wanted, HERE)
  if (!url || url.origin !== HERE || url.pathname.startsWith('//')) return standard
  return /^\/(aanmelden|afmelden|api)(\/|$)/.test(url.pathname) ? standard : `${url.pathname}${url.search}`
}
