/**
 * Resolves when this process is asked to stop: by SIGTERM, by the end of the supervisor that started it, or, without a
 * supervisor, by Ctrl-C. Ctrl-C reaches every process of a terminal at once, while the supervisor stops them in order.
 */
export function untilStopRequested(): Promise<void> {
  const isSupervised = process.send !== undefined
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = () => {
    // a listener for the end of the channel keeps the channel, and with it the process, alive
    process.off('disconnect', stop)
    resolve()
  }
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
  process.on('SIGINT', () => {
    if (!isSupervised) stop()
  })
  return promise
}
