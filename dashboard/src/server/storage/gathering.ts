/**
 * Puts what is asked for in one turn of the event loop into one read: a page asks for its figures all at once, each for itself, and
 * the warehouse answers one question about four places sooner than four about one.
 */
export class Gathering<Question, Answer> {
  readonly #read: (questions: readonly Question[]) => Promise<readonly Answer[]>
  readonly #questionsMax: number
  #waiting: Waiting<Question, Answer>[] = []

  /**
   * @param read gives the answers in the order of the questions
   * @param questionsMax of one read; more are several reads
   */
  constructor(read: (questions: readonly Question[]) => Promise<readonly Answer[]>, questionsMax: number) {
    this.#read = read
    this.#questionsMax = questionsMax
  }

  /** Rejects as its read does, with everybody who was in it. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#readAll())
      this.#waiting.push({ question, resolve, reject })
    })
  }

  #readAll(): void {
    const all = this.#waiting.splice(0)
    for (let first = 0; first < all.length; first += this.#questionsMax)
      void this.#answer(all.slice(first, first + this.#questionsMax))
  }

  async #answer(asked: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.#read(asked.map(({ question }) => question))
      for (const [index, { resolve, reject }] of asked.entries()) {
        const answer = answers[index]
        if (answer === undefined) reject(new RangeError('A read gave fewer answers than it was asked questions'))
        else resolve(answer)
      }
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }
}

interface Waiting<Question, Answer> {
  readonly question: Question
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}
