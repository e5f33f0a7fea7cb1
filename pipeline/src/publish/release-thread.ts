import { startThread } from '../thread.ts'
import type { ReleaseOrder, ReleaseWork } from './release-work.ts'

/**
 * Memory of the thread for objects, MB: those of the largest level while it is read. Cells stand in packed arrays outside of it. A
 * release that needs more fails alone; whoever loads and serves beside it does not.
 */
const OBJECTS_MB_MAX = 768

/** The calls that are made of a release's work. */
export type WorkName = keyof ReleaseWork

/** A {@link ReleaseWork} that somebody else carries out. */
export interface RunningWork {
  call<Name extends WorkName>(name: Name, ...values: Parameters<ReleaseWork[Name]>): Promise<ReturnType<ReleaseWork[Name]>>
  /** Ends at once, also in the middle of something; what was called rejects. */
  end(): Promise<void>
}

/** From here to the thread. */
export interface WorkCall {
  readonly name: WorkName
  readonly values: readonly unknown[]
}

/** The thread ended before it answered. */
export class ReleaseThreadEnded extends Error {
  override readonly name = 'ReleaseThreadEnded'
}

/** Starts a thread for a release: seconds of work that whoever loads and serves must not wait for. */
export function startReleaseThread(order: ReleaseOrder): RunningWork {
  const options = { workerData: order, resourceLimits: { maxOldGenerationSizeMb: OBJECTS_MB_MAX } }
  const ended = () => new ReleaseThreadEnded('The thread of the release ended')
  const thread = startThread(new URL('release-worker.ts', import.meta.url), options, ended)
  return {
    async call<Name extends WorkName>(name: Name, ...values: Parameters<ReleaseWork[Name]>) {
      // the thread answers with what this method gives there
      return (await thread.call({ name, values } satisfies WorkCall)) as ReturnType<ReleaseWork[Name]>
    },
    end: () => thread.end(),
  }
}
