/** Ways in which a whole number stands in a file: as text, or in 16, 32 or 64 bits and as a double, either end first. */
export const NUMBER_FORMS = ['text', 'int16', 'int32', 'int64', 'double'] as const
export type NumberForm = (typeof NUMBER_FORMS)[number]

/**
 * The forms in which a whole number stands anywhere in the bytes of a file, whatever the file says about it: under a null, in
 * statistics, in a hidden sheet. Compressed parts have to be unpacked before. Choose a value that stands there for no other reason.
 */
export function formsOf(bytes: Uint8Array, value: number): readonly NumberForm[] {
  return NUMBER_FORMS.filter((form) =>
    form === 'text' ? hasText(bytes, String(value)) : patternsOf(form, value).some((pattern) => indexOf(bytes, pattern, 0) >= 0),
  )
}

/** Digits that are not part of a longer number. */
function hasText(bytes: Uint8Array, digits: string): boolean {
  const pattern = Uint8Array.from(digits, (digit) => digit.charCodeAt(0))
  for (let at = indexOf(bytes, pattern, 0); at >= 0; at = indexOf(bytes, pattern, at + 1)) {
    if (!isDigit(bytes[at - 1]) && !isDigit(bytes[at + pattern.length])) return true
  }
  return false
}

function patternsOf(form: Exclude<NumberForm, 'text'>, value: number): readonly Uint8Array[] {
  return [true, false].flatMap((isLittleEnd) => {
    const view = new DataView(new ArrayBuffer(form === 'int16' ? 2 : form === 'int32' ? 4 : 8))
    if (form === 'int16') {
      if (value >= 2 ** 15) return []
      view.setInt16(0, value, isLittleEnd)
    } else if (form === 'int32') {
      if (value >= 2 ** 31) return []
      view.setInt32(0, value, isLittleEnd)
    } else if (form === 'int64') view.setBigInt64(0, BigInt(value), isLittleEnd)
    else view.setFloat64(0, value, isLittleEnd)
    return [new Uint8Array(view.buffer)]
  })
}

function indexOf(bytes: Uint8Array, pattern: Uint8Array, from: number): number {
  const [first = 0] = pattern
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (pattern.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return -1
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
