import { parseReportingPeriod } from '@zuil/core'
import { openWarehouse } from '@zuil/warehouse'
import { PUBLISH_STEPS } from '../../src/index.ts'
import { KILLED_CUBES, publisherOn } from './installed-facts.ts'

/** Publishes 2025 in a process of its own, and is killed at a step: `node publish-process.ts <warehouse folder> <step>`. */
const [path = '', name = ''] = process.argv.slice(2)
const step = PUBLISH_STEPS.find((known) => known === name)
const period = parseReportingPeriod('2025')
const warehouse = await openWarehouse({ kind: 'embedded', path, memoryBytesMax: 1_500_000_000 })
await warehouse.migrate()
const publisher = publisherOn(warehouse, {
  cubes: KILLED_CUBES,
  onStep: (reached) => {
    // a real kill -9: no handler, no finally
    if (reached === step) process.kill(process.pid, 'SIGKILL')
  },
})
if (period) await publisher.publish(period)
