/** Of the smallest room; smaller ones would only be looked through. */
const ROOM_BYTES_MIN = 65_536

/**
 * Memory of ranges, used for one after the other. Both threads see it: if one gave it to the other, each would think that it got as much new memory
 * every time, and look for what can be collected.
 */
export class SharedRooms {
  /** As many as ranges were under way at the same time, for each of their tables and their text. */
  readonly #free: SharedArrayBuffer[] = []

  /** Room for so many bytes, whatever stands in it. */
  take(bytes: number): Uint8Array {
    const fitting = this.#free.filter(({ byteLength }) => byteLength >= bytes).sort((a, b) => a.byteLength - b.byteLength)
    const [room = new SharedArrayBuffer(Math.max(ROOM_BYTES_MIN, 2 ** Math.ceil(Math.log2(bytes))))] = fitting
    const index = this.#free.indexOf(room)
    if (index >= 0) this.#free.splice(index, 1)
    return new Uint8Array(room, 0, bytes)
  }

  /** When nobody looks at it any more. */
  give({ buffer }: Uint8Array): void {
    if (buffer instanceof SharedArrayBuffer) this.#free.push(buffer)
  }
}
