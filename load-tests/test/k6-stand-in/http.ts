/** Stand-in for `k6/http`: keeps what was sent, and answers as the test says. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export interface StandInAnswer {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const sent: SentRequest[] = []
let answer: (request: SentRequest) => StandInAnswer = () => ({ status: 201, headers: { 'Zuil-Receipt': '0.1-0' } })

export function answerWith(next: typeof answer): void {
  answer = next
  sent.length = 0
}

interface Params {
  readonly headers?: Readonly<Record<string, string>>
}

function request(method: string, url: string, body: unknown, { headers = {} }: Params = {}) {
  const one = { method, url, body: typeof body === 'string' ? body : JSON.stringify(body ?? ''), headers }
  sent.push(one)
  const { status, body: text = '', headers: answered = {} } = answer(one)
  const json = () => JSON.parse(text)
  return { status, body: text, headers: answered, timings: { duration: 1.5 }, error_code: status === 0 ? 1212 : 0, json }
}

const http = {
  get: (url: string, params?: Params) => request('GET', url, undefined, params),
  post: (url: string, body: unknown, params?: Params) => request('POST', url, body, params),
  batch: (requests: readonly { method: string; url: string; body?: string; params?: Params }[]) =>
    requests.map(({ method, url, body, params }) => request(method, url, body, params)),
}

// k6 has it as a default export, and scenarios import it so
// biome-ignore lint/style/noDefaultExport: the shape of k6/http
export default http
