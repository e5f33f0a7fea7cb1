/**
 * Attributes of a `details` that is open, or not, until its reader decides. An attribute `open` with a value of ours would be put back when
 * the scripts of a page begin, and close what a quick reader, or one on a slow line, has opened by then.
 */
export function openedAtFirst(isOpen: boolean): { readonly open?: true } {
  return isOpen ? { open: true } : {}
}
