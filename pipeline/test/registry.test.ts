import { expect, test } from 'vitest'
import type { JobName } from '../src/jobs/job-contract.ts'
import { createRegistry, type Processors } from '../src/registry.ts'

function processors(done: string[] = []): Processors {
  const note = (name: JobName) => async () => void done.push(name)
  return {
    'load-range': note('load-range'),
    'wake-lanes': note('wake-lanes'),
    'guard-space': note('guard-space'),
    'copy-registry': note('copy-registry'),
    checkpoint: note('checkpoint'),
    'pack-archive': note('pack-archive'),
    expire: note('expire'),
    'publish-due': note('publish-due'),
  }
}

test('a job is given to its processor, and an unknown one is refused', async () => {
  const done: string[] = []
  const registry = createRegistry(processors(done))
  await registry({ name: 'expire', data: {} })
  await expect(registry({ name: 'of-another-version', data: {} })).rejects.toThrow('of-another-version')
  expect(done).toEqual(['expire'])
})

test('a job without processor and a processor without job show at start', () => {
  const { expire: _, ...missing } = processors()
  // as an older or newer version of one of the two tables would be
  expect(() => createRegistry(missing as unknown as Processors)).toThrow('expire')
  expect(() => createRegistry({ ...processors(), ...{ extra: async () => undefined } })).toThrow('extra')
})
