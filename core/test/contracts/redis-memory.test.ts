import { expect, test } from 'vitest'
import { readRedisMemory } from '../../src/contracts/redis-memory.ts'

test('memory of Redis is read beside lines with names that begin or end alike', () => {
  const info = [
    '# Memory',
    'allocator_used_memory:1',
    'used_memory_human:2.00M',
    'used_memory:2000000',
    'total_maxmemory:3',
    'maxmemory:4000000',
    'maxmemory_human:4.00M',
    'maxmemory_policy:noeviction',
    '',
  ].join('\r\n')
  expect(readRedisMemory(info)).toEqual({ used: 2_000_000, bound: 4_000_000 })
  expect(readRedisMemory('used_memory:5')).toEqual({ used: 5, bound: 0 })
})
