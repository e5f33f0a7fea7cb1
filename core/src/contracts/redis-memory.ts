/** What Redis takes of the memory of its machine, in bytes. */
export interface RedisMemory {
  readonly used: number
  /** 0: it has no bound. */
  readonly bound: number
}

/** @param info answer to `INFO memory`: lines of `name:value`. */
export function readRedisMemory(info: string): RedisMemory {
  const bytes = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)
  return { used: bytes('used_memory'), bound: bytes('maxmemory') }
}
