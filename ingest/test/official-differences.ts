import { PROBLEMS } from '@zuil/core'

/** As much of a JSON Schema as is compared. */
interface Schema {
  readonly $ref?: string
  readonly title?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly readOnly?: boolean
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Parameter {
  readonly $ref?: string
  readonly name?: string
  readonly in?: string
  readonly required?: boolean
  readonly schema?: Schema
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content & { readonly description?: string }>>
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: unknown
}

const METHODS = ['get', 'post', 'put', 'delete'] as const
/** Deeper than any body goes; a schema that holds itself ends here. */
const DEPTH_MAX = 8

/** Each difference with the operations that have it. */
export type Differences = ReadonlyMap<string, readonly string[]>

/** Where our document says something else than the official one, for the operations that both have. */
export function differencesOf(official: OpenApi, ours: OpenApi): Differences {
  const found = new Map<string, string[]>()
  const ourPaths = new Map(Object.entries(ours.paths).map(([path, item]) => [shapeOf(path), item]))
  for (const [path, item] of Object.entries(official.paths)) {
    for (const method of METHODS) {
      const [theirs, mine] = [item[method], ourPaths.get(shapeOf(path))?.[method]]
      if (!theirs || !mine) continue
      const comparison = new Comparison(official, ours)
      comparison.operation(theirs, mine)
      for (const difference of comparison.found) {
        const operations = found.get(difference) ?? []
        operations.push(`${method.toUpperCase()} ${path}`)
        found.set(difference, operations)
      }
    }
  }
  return found
}

/** Names of parameters in a path do not matter. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}').replace(/\/$/, '')
}

interface Place {
  /** Where a difference is: the nearest named schema and the way from it. */
  readonly name: string
  readonly isRequest: boolean
  readonly depth: number
}

class Comparison {
  readonly found = new Set<string>()
  readonly #official: OpenApi
  readonly #ours: OpenApi

  constructor(official: OpenApi, ours: OpenApi) {
    this.#official = official
    this.#ours = ours
  }

  operation(theirs: Operation, mine: Operation): void {
    this.#parameters(theirs, mine)
    const [asked, taken] = [schemaOf(theirs.requestBody), schemaOf(mine.requestBody)]
    if (asked && taken) this.#schemas(asked, taken, { name: 'body', isRequest: true, depth: 0 })
    else if (asked || taken) this.found.add(asked ? 'takes no body' : 'takes a body')
    for (const [status, response] of Object.entries(theirs.responses)) {
      this.#problems(status, response.description ?? '')
      const answer = mine.responses[status]
      if (!status.startsWith('2')) continue
      if (!answer) {
        this.found.add(`never answers ${status}`)
        continue
      }
      const [wanted, given] = [schemaOf(response), schemaOf(answer)]
      if (wanted && given) this.#schemas(wanted, given, { name: 'body', isRequest: false, depth: 0 })
    }
    for (const status of Object.keys(mine.responses)) {
      if (/^2\d\d$/.test(status) && !theirs.responses[status]) this.found.add(`answers ${status} too`)
    }
  }

  /** Problem types stand in the text of an answer. */
  #problems(status: string, description: string): void {
    for (const [type] of description.matchAll(/https:\/\/api\.publiq\.be\/probs\/[\w/-]+/g)) {
      const known = Object.values(PROBLEMS).find((definition) => definition.type === type)
      const slug = type.replace('https://api.publiq.be/probs/', '')
      if (!known) this.found.add(`never answers with the problem \`${slug}\``)
      else if (![known.status, 'readStatus' in known ? known.readStatus : undefined].map(String).includes(status)) {
        this.found.add(`answers the problem \`${slug}\` with ${known.status} instead of ${status}`)
      }
    }
  }

  #parameters(theirs: Operation, mine: Operation): void {
    const [official, ours] = [theirs, mine].map(({ parameters = [] }, index) => {
      const document = index === 0 ? this.#official : this.#ours
      const query = parameters.map((parameter) => resolve(parameter, document)).filter((parameter) => parameter.in === 'query')
      return new Map(query.map((parameter) => [parameter.name ?? '', parameter]))
    })
    for (const [name, parameter] of official ?? []) {
      const own = ours?.get(name)
      if (!own) this.found.add(`does not know the parameter \`${name}\``)
      else if (Boolean(own.required) !== Boolean(parameter.required)) {
        this.found.add(`${own.required ? 'needs' : 'does not need'} the parameter \`${name}\``)
      } else if (parameter.schema && own.schema) this.#enums(parameter.schema, own.schema, `parameter ${name}`)
    }
    for (const name of ours?.keys() ?? []) if (!official?.has(name)) this.found.add(`knows the parameter \`${name}\` too`)
  }

  #schemas(theirs: Schema, mine: Schema, place: Place): void {
    if (place.depth > DEPTH_MAX) return
    const official = merged(theirs, this.#official)
    const ours = merged(mine, this.#ours)
    // A schema with a title is a model: what is said of it is the same wherever it comes.
    const name = official.title ?? place.name
    if (official.type && ours.type && official.type !== ours.type) {
      this.found.add(`${place.isRequest ? 'takes' : 'gives'} \`${name}\` as ${ours.type} instead of ${official.type}`)
      return
    }
    this.#enums(official, ours, name)
    if (official.items && ours.items) {
      this.#schemas(official.items, ours.items, { ...place, name: `${name}[]`, depth: place.depth + 1 })
    }
    if (official.properties && ours.properties) this.#properties(official, ours, { ...place, name })
  }

  #properties(official: Schema, ours: Schema, { name, isRequest, depth }: Place): void {
    for (const [key, schema] of Object.entries(official.properties ?? {})) {
      const own = ours.properties?.[key]
      const member = `${name}.${key}`
      const isNeeded = official.required?.includes(key) ?? false
      const isNeededHere = ours.required?.includes(key) ?? false
      // What a client sends back of an answer is ignored; that is no difference.
      if (!own && !(isRequest && (!isNeeded || merged(schema, this.#official).readOnly))) {
        this.found.add(isRequest ? `ignores \`${member}\`` : `never gives \`${member}\``)
      }
      if (!own) continue
      if (isRequest && isNeeded !== isNeededHere) this.found.add(`${isNeededHere ? 'needs' : 'does not need'} \`${member}\``)
      if (!isRequest && isNeeded && !isNeededHere) this.found.add(`may leave out \`${member}\``)
      this.#schemas(schema, own, { name: member, isRequest, depth: depth + 1 })
    }
    for (const key of Object.keys(ours.properties ?? {})) {
      if (!official.properties?.[key]) this.found.add(`${isRequest ? 'takes' : 'gives'} \`${name}.${key}\` too`)
    }
  }

  #enums(theirs: Schema, mine: Schema, name: string): void {
    const [official, ours] = [new Set(theirs.enum), new Set(mine.enum)]
    if (official.size > 0 && ours.size === 0) this.found.add(`\`${name}\` is any text`)
    if (official.size === 0 || ours.size === 0) return
    for (const value of official) if (!ours.has(value)) this.found.add(`\`${name}\` is never \`${value}\``)
    for (const value of ours) if (!official.has(value)) this.found.add(`\`${name}\` may be \`${value}\``)
  }
}

function schemaOf(part: Content | undefined): Schema | undefined {
  return Object.values(part?.content ?? {})[0]?.schema
}

function resolve<T extends { readonly $ref?: string }>(part: T, document: OpenApi): T {
  if (!part.$ref?.startsWith('#/')) return part
  let value: unknown = document
  for (const name of part.$ref.slice(2).split('/')) {
    // A pointer into a document that was parsed from JSON.
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return resolve(value as T, document)
}

/** References followed, and what `allOf` adds up. */
function merged(schema: Schema, document: OpenApi): Schema {
  const { allOf, ...own } = resolve(schema, document)
  let sum: Schema = own
  for (const part of allOf ?? []) {
    const other = merged(part, document)
    sum = {
      ...other,
      ...sum,
      properties: { ...other.properties, ...sum.properties },
      required: [...(other.required ?? []), ...(sum.required ?? [])],
    }
  }
  return sum
}
