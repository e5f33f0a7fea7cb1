import { serveCheckins } from './checkin-server.ts'
import { Gatherer } from './gatherer.ts'
import { onOrder } from './pattern-order.ts'
import { PatternStore } from './pattern-store.ts'

/** Answers at once, and inserts what has gathered in memory a moment later. */
onOrder(async ({ answers, folder }) => {
  const gatherer = new Gatherer(await PatternStore.open(folder))
  const keep = async (checkin: readonly [string, string]) => {
    // not waited for: that is the pattern
    gatherer.add(checkin).catch((error: unknown) => console.error(error))
  }
  return { port: await serveCheckins(answers, keep) }
})
