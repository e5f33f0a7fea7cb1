/** A request to stop that may come, until it is disposed of. */
export interface StopRequest extends Disposable {
  /** Is aborted when it comes. */
  readonly signal: AbortSignal
}

/**
 * Hears when this process is asked to stop: by SIGTERM, by the end of the supervisor that started it, or, without a supervisor, by
 * Ctrl-C. Ctrl-C reaches every process of a terminal at once, while the supervisor stops them in order.
 */
export function stopRequest(): StopRequest {
  const isSupervised = process.send !== undefined
  const controller = new AbortController()
  const interrupt = () => {
    if (!isSupervised) stop()
  }
  const forget = () => {
    process.off('SIGTERM', stop)
    // a listener for the end of the channel keeps the channel, and with it the process, alive
    process.off('disconnect', stop)
  }
  const stop = () => {
    forget()
    // who asks twice does not want to wait
    if (!isSupervised) process.off('SIGINT', interrupt)
    controller.abort()
  }
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
  process.on('SIGINT', interrupt)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      forget()
      process.off('SIGINT', interrupt)
    },
  }
}

/** Resolves when this process is asked to stop; see {@link stopRequest}. */
export function untilStopRequested(): Promise<void> {
  const { signal } = stopRequest()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
