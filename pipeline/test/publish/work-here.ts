import type { RunningWork } from '../../src/publish/release-thread.ts'
import type { ReleaseWork } from '../../src/publish/release-work.ts'

/** The work on a release in the thread of the test, so that a part of it can be another one. */
export function workHere(work: ReleaseWork): RunningWork {
  return {
    async call(name, ...values) {
      // the method by that name takes these values and gives this
      const method = work[name] as (...values: unknown[]) => ReturnType<ReleaseWork[typeof name]>
      return method.apply(work, values)
    },
    async end() {},
  }
}
