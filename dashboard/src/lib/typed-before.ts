type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/**
 * Remembers what stands in the fields of a page otherwise than the server wrote it. When Svelte takes a page over it sets every field back
 * to what the server wrote, and with that empties what a quick reader, or one on a slow line, has typed, ticked or chosen by then.
 * @returns puts all of it in again, and says so: what waits for a choice has not heard of it yet
 */
export function typedBefore(page: ParentNode): () => void {
  const changed = [...page.querySelectorAll<Field>('input, select, textarea')].flatMap((field) => {
    const putIn = changeOf(field)
    return putIn ? [{ field, putIn }] : []
  })
  return () => {
    for (const { putIn } of changed) putIn()
    // once the router has started, which follows without a pause: a choice would load the whole page anew before
    setTimeout(() => {
      for (const { field } of changed) field.dispatchEvent(new Event('change', { bubbles: true }))
    })
  }
}

/** Does again what somebody did; undefined where nobody did anything. */
function changeOf(field: Field): (() => void) | undefined {
  if (field instanceof HTMLSelectElement) {
    const { selectedIndex } = field
    if (selectedIndex === standardOf(field)) return undefined
    return () => {
      field.selectedIndex = selectedIndex
    }
  }
  if (field instanceof HTMLInputElement && field.checked !== field.defaultChecked) {
    const { checked } = field
    return () => {
      field.checked = checked
    }
  }
  const { value, selectionStart, selectionEnd } = field
  if (value === field.defaultValue) return undefined
  return () => {
    field.value = value
    // whoever types on does so where they were; in a day there is no such place
    if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionEnd)
  }
}

/** What a browser shows of a choice that nobody made. */
function standardOf({ options }: HTMLSelectElement): number {
  const chosen = [...options].findIndex(({ defaultSelected }) => defaultSelected)
  return Math.max(0, chosen)
}
