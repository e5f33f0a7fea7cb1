import { expect, test } from 'vitest'
import type { JobName } from '../src/jobs/job-contract.ts'
import { makePapers } from '../src/jobs/make-papers.ts'
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
    'make-papers': note('make-papers'),
  }
}

function jobOf(name: string) {
  return { name, data: {}, updateProgress: async () => undefined }
}

test('a job is given to its processor, and an unknown one is refused', async () => {
  const done: string[] = []
  const registry = createRegistry(processors(done))
  await registry(jobOf('expire'))
  await expect(registry(jobOf('of-another-version'))).rejects.toThrow('of-another-version')
  expect(done).toEqual(['expire'])
})

test('papers are made by whoever makes them, who tells the queue how far they are; a queue that is away holds nobody up', async () => {
  const told: unknown[] = []
  const making = { makeDue: async (tell: (progress: object) => void) => tell({ made: 1, due: 2 }) }
  const registry = createRegistry({ ...processors(), 'make-papers': makePapers(making) })
  const job = jobOf('make-papers')
  await registry({ ...job, updateProgress: async (progress) => void told.push(progress) })
  await registry({ ...job, updateProgress: async () => Promise.reject(new Error('of the test')) })
  expect(told).toEqual([{ made: 1, due: 2 }])
  await createRegistry({ ...processors(), 'make-papers': makePapers(undefined) })(job)
})

test('a job without processor and a processor without job show at start', () => {
  const { expire: _, ...missing } = processors()
  // as an older or newer version of one of the two tables would be
  expect(() => createRegistry(missing as unknown as Processors)).toThrow('expire')
  expect(() => createRegistry({ ...processors(), ...{ extra: async () => undefined } })).toThrow('extra')
})
