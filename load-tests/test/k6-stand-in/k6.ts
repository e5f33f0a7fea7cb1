/** Stand-in for `k6`: nobody waits. */
export const slept: number[] = []
export function sleep(seconds: number): void {
  slept.push(seconds)
}
