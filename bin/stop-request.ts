/**
 * Resolves when this process is asked to stop: by SIGTERM, by the end of the supervisor that started it, or, without a
 * supervisor, by Ctrl-C. Ctrl-C reaches every process of a terminal at once, while the supervisor stops them in order.
 */
export function untilStopRequested(): Promise<void> {
  const isSupervised = process.send !== undefined
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('disconnect', () => resolve())
    process.on('SIGINT', () => {
      if (!isSupervised) resolve()
    })
  })
}
