import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/** The house rules that can be executed (docs/house-rules.md). Every message says what to do; every rule is tried on a planted violation. */

interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string
  readonly text: string
}

interface Rule {
  readonly name: string
  /** One message for each violation. */
  readonly find: (files: readonly SourceFile[]) => string[]
  readonly planted: readonly SourceFile[]
}

const ROOT = import.meta.dirname
const NOT_OURS = /(^|\/)(node_modules|\.git|build|\.svelte-kit)$|^(data|coverage|\.env)$|\.log$/
const WORKSPACES = ['core', 'warehouse', 'ingest', 'pipeline', 'dashboard', 'load-tests', 'bin'] as const
/** Longer than a reader keeps in mind; tests hold tables of cases. */
const FILE_LINES_MAX = 400
const TEST_LINES_MAX = 800
/** These files quote what the rules forbid. */
const QUOTES_THE_RULES = ['tidy.test.ts', 'docs/house-rules.md', 'LICENSE', 'package-lock.json']

const isCode = (path: string) => /\.(ts|mjs|js|svelte|sql|lua)$/.test(path)
const isTest = (path: string) => /(^|\/)test\/|\.test\.ts$/.test(path)
const at = (text: string, index: number) => text.slice(0, index).split('\n').length

function readTree(folder = ''): SourceFile[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (NOT_OURS.test(path)) return []
    if (entry.isDirectory()) return readTree(path)
    return entry.isFile() ? [{ path, text: readFileSync(join(ROOT, path), 'utf8') }] : []
  })
}

// Words ---------------------------------------------------------------------------------------------------------------------------

interface BannedWords {
  readonly name: string
  readonly pattern: RegExp
  readonly where: (path: string) => boolean
  readonly advice: string
  readonly planted: SourceFile
}

const folderOfAMachine = (...names: string[]) => ['', ...names].join('/')

const bannedWords: readonly BannedWords[] = [
  {
    name: 'no work is left for later in a comment',
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/,
    where: isCode,
    advice: 'finish it, delete it, or open an issue and name the condition',
    planted: { path: 'core/src/period.ts', text: '// TODO: quarters' },
  },
  {
    name: 'only the command line writes to the console',
    pattern: /\bconsole\.\w+\(/,
    where: (path) => isCode(path) && !/^(bin|load-tests)\//.test(path),
    advice: 'use the logger that is passed in, or return the value',
    planted: { path: 'ingest/src/app.ts', text: "console.log('here')" },
  },
  {
    name: 'only config.ts and the command line read the environment',
    pattern: /\bprocess\.env\b/,
    where: (path) =>
      isCode(path) && !/^(bin|load-tests)\//.test(path) && !isTest(path) && !/(^|\/)config\.ts$|\.config\.(ts|js)$/.test(path),
    advice: "read it in the workspace's config.ts and pass the value in",
    planted: { path: 'pipeline/src/jobs/load.ts', text: 'const url = process.env.ZUIL_REDIS_URL' },
  },
  {
    name: 'no test is narrowed or skipped by hand',
    pattern: /\b(describe|test|it)\.(only|skip|todo)\(|\.only\(/,
    where: (path) => path.endsWith('.test.ts'),
    advice: 'remove it; skip on a condition with skipIf or context.skip(reason)',
    planted: { path: 'core/test/period.test.ts', text: "test.only('a week starts on Monday', () => {})" },
  },
  {
    name: 'tests fake by hand, never by replacing modules',
    pattern: /\b(vi|jest)\.(mock|doMock)\(/,
    where: isCode,
    advice: 'pass the dependency in and give the test a literal',
    planted: { path: 'pipeline/test/load.test.ts', text: "vi.mock('ioredis')" },
  },
  {
    name: 'no type or lint rule is silenced without its reason',
    pattern: /@ts-ignore|@ts-nocheck|@ts-expect-error(?!.{12})|(biome-ignore|oxlint-disable)(?!.*(:|--) ?.{12})/,
    where: isCode,
    advice: 'mend the cause, or write the reason behind it on the same line',
    planted: { path: 'core/src/guard.ts', text: '// @ts-ignore\n' },
  },
  {
    name: 'no path of a machine stands in the tree',
    pattern: /(^|[^\w.])\/(home|Users|root|work|farm)\/[\w.-]/,
    where: () => true,
    advice: 'use a path from the root of the repository, or a temporary folder',
    planted: { path: 'docs/architecture.md', text: `see ${folderOfAMachine('home', 'an', 'zuil')}` },
  },
  {
    name: 'no package registry is named in the tree',
    pattern: /registry\.(npmjs|yarnpkg)\.\w+|npm\.pkg\.github|jfrog\.io|artifactory|deb\.debian\.org/,
    where: () => true,
    advice: 'leave it to the npm and apt settings of the machine',
    planted: { path: 'README.md', text: 'npm ci --registry https://registry.npmjs.org' },
  },
]

const wordRules: readonly Rule[] = bannedWords.map(({ name, pattern, where, advice, planted }) => ({
  name,
  find: (files) =>
    files.flatMap(({ path, text }) => {
      if (QUOTES_THE_RULES.includes(path) || !where(path)) return []
      return [...text.matchAll(new RegExp(pattern, 'gm'))].map(
        (hit) => `${path}:${at(text, hit.index)}: "${hit[0].trim()}": ${advice}`,
      )
    }),
  planted: [planted],
}))

// Imports -------------------------------------------------------------------------------------------------------------------------

/** STYLE of imports: what the source of a workspace may import. Tests may use the tools of their package.json as well. */
const MAY_IMPORT: Record<(typeof WORKSPACES)[number], { readonly ours: readonly string[]; readonly outside: RegExp }> = {
  core: { ours: [], outside: /^typebox(\/|$)/ },
  warehouse: { ours: ['core'], outside: /^(node:|@clickhouse\/client|chdb|apache-arrow)/ },
  ingest: {
    ours: ['core'],
    outside: /^(node:|fastify|@fastify\/|ioredis$|jose$|oidc-provider$|typebox(\/|$)|pdfkit$|uqr$|fflate$)/,
  },
  pipeline: { ours: ['core', 'warehouse'], outside: /^(node:|bullmq$|ioredis$)/ },
  dashboard: {
    ours: ['core', 'warehouse'],
    outside:
      /^(node:|svelte|@sveltejs\/|\$|vega|@?fastify|apache-arrow|hyparquet-writer$|fflate$|write-excel-file\/|typebox(\/|$)|@myriaddreamin\/typst-ts-node-compiler$|vite$|openid-client$|nodemailer$|topojson-|geojson$)/,
  },
  'load-tests': { ours: ['core', 'warehouse'], outside: /./ },
  bin: { ours: WORKSPACES, outside: /./ },
}

const IMPORT = /(?:^|[\n;>])\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g

function importsOf(file: SourceFile): string[] {
  return [...file.text.matchAll(IMPORT)].map((hit) => hit[1] ?? hit[2] ?? '')
}

const isImporting = (path: string) => /\.(ts|mjs|svelte)$/.test(path)
const workspaceOf = (path: string) => WORKSPACES.find((name) => path.startsWith(`${name}/`))

/** Svelte pages reach the warehouse only where the code stays on the server. */
const isServerOnly = (path: string) => /\/lib\/server\/|\.server\.ts$|\/\+server\.ts$|^dashboard\/(src\/server|test)\//.test(path)

function importProblem(path: string, imported: string): string | undefined {
  const workspace = workspaceOf(path)
  if (!workspace) return undefined
  if (imported.startsWith('.')) {
    const target = normalize(join(dirname(path), imported)).replaceAll('\\', '/')
    if (target.startsWith(`${workspace}/`)) return undefined
    return `${path}: "${imported}" leaves ${workspace}: import by package name and its exports`
  }
  const { ours, outside } = MAY_IMPORT[workspace]
  const other = /^@zuil\/([^/]+)/.exec(imported)?.[1]
  if (other) {
    if (other !== workspace && !ours.includes(other))
      return `${path}: ${workspace} may not import @zuil/${other}: see the table in docs/house-rules.md`
    if (workspace === 'dashboard' && other === 'warehouse' && !isServerOnly(path))
      return `${path}: @zuil/warehouse would reach the browser: move this to src/lib/server or a .server.ts file`
    return undefined
  }
  const isSource = path.startsWith(`${workspace}/src/`)
  if (!isSource || outside.test(imported)) return undefined
  return `${path}: ${workspace} may not import "${imported}": see the table in docs/house-rules.md`
}

const importRule: Rule = {
  name: 'imports follow the table: inwards only, by package name, never by a path out of the workspace',
  find: (files) =>
    files
      .filter(({ path }) => isImporting(path))
      .flatMap((file) => importsOf(file).flatMap((imported) => importProblem(file.path, imported) ?? [])),
  planted: [
    { path: 'core/src/period.ts', text: "import { readFile } from 'node:fs/promises'\n" },
    { path: 'ingest/src/app.ts', text: "import { openWarehouse } from '@zuil/warehouse'\n" },
    { path: 'ingest/src/ledger/commit.ts', text: "import {\n  laneKeys,\n} from '../../../core/src/contracts/redis-keys.ts'\n" },
    { path: 'dashboard/src/routes/+page.svelte', text: "<script>import { openWarehouse } from '@zuil/warehouse'</script>" },
  ],
}

// Files and folders -----------------------------------------------------------------------------------------------------------------

const fileRules: readonly Rule[] = [
  {
    name: `a file has at most ${FILE_LINES_MAX} lines, a test at most ${TEST_LINES_MAX}`,
    find: (files) =>
      files.flatMap(({ path, text }) => {
        const lines = text.split('\n').length - 1
        const most = isTest(path) ? TEST_LINES_MAX : FILE_LINES_MAX
        return isCode(path) && lines > most
          ? [`${path}: ${lines} lines, at most ${most}: a second subject means a second file`]
          : []
      }),
    planted: [{ path: 'core/src/decide.ts', text: '\n'.repeat(FILE_LINES_MAX + 1) }],
  },
  {
    name: 'files are named by a noun in kebab-case, Svelte components in PascalCase',
    find: (files) =>
      files.flatMap(({ path }) => {
        const name = basename(path)
        if (/\b(utils?|helpers?|managers?|misc|common)\b/.test(name)) return [`${path}: name the subject, not "${name}"`]
        if (/\.(ts|mjs)$/.test(name) && !/^\+?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/.test(name))
          return [`${path}: use kebab-case`]
        if (name.endsWith('.svelte') && !/^(\+[a-z]+|[A-Z][A-Za-z0-9]*)(@.*)?\.svelte$/.test(name))
          return [`${path}: use PascalCase`]
        return []
      }),
    planted: [
      { path: 'core/src/utils.ts', text: '' },
      { path: 'core/src/cardSystem.ts', text: '' },
    ],
  },
  {
    name: 'no source file is left that nothing refers to',
    find: (files) => {
      const code = files.filter(({ path }) => /\.(ts|mjs|svelte|json|html)$/.test(path))
      return code.flatMap(({ path }) => {
        if (!/\/src\/.*\.ts$|^bin\/[^.]*\.ts$/.test(path) || isTest(path) || isEntry(basename(path))) return []
        const name = basename(path, '.ts').replace(/\.svelte$/, '')
        const mention = new RegExp(`[/'"]${name}(\\.svelte|\\.js)?(\\.ts)?['"\`]`)
        const isUsed = code.some((other) => other.path !== path && !isTest(other.path) && mention.test(other.text))
        return isUsed ? [] : [`${path}: nothing outside of tests refers to it: delete it, or use it`]
      })
    },
    planted: [{ path: 'core/src/weather.ts', text: 'export const sunny = true\n' }],
  },
  {
    name: 'each folder down to the second level says in a README what belongs there',
    find: (files) => {
      const folders = new Set(
        files.flatMap(({ path }) => [dirname(path).split('/')[0], dirname(path).split('/').slice(0, 2).join('/')]),
      )
      return [...folders].flatMap((folder = '.') => {
        if (folder.startsWith('.') || /\/(static|sample)$/.test(`/${folder}`)) return []
        return files.some(({ path }) => path === `${folder}/README.md`)
          ? []
          : [`${folder}: write a short README.md: what belongs here, what does not`]
      })
    },
    planted: [{ path: 'core/src/period.ts', text: '' }],
  },
  {
    name: 'the lock file records no download addresses',
    find: (files) =>
      files
        .filter(({ path, text }) => path === 'package-lock.json' && /"resolved": "http/.test(text))
        .map(({ path }) => `${path}: keep omit-lockfile-registry-resolved=true in .npmrc, delete the file and run npm install`),
    planted: [{ path: 'package-lock.json', text: '{ "resolved": "https://example.org/a.tgz" }' }],
  },
]

/** Started by a program or found by a framework, not imported. */
function isEntry(name: string): boolean {
  return /^(index|main|app\.d|hooks(\.\w+)?|zuil|test)\.ts$|^\+|\.config\.ts$|\.d\.ts$/.test(name)
}

// Settings and documents ---------------------------------------------------------------------------------------------------------

const settingsRule: Rule = {
  name: 'every setting stands in .env.example, and every line there is a setting',
  find: (files) => {
    const reads = files.filter(
      ({ path }) => /(^|\/)config\.ts$/.test(path) || (/^bin\/.*\.(ts|mjs)$/.test(path) && !isTest(path)),
    )
    const read = new Set(reads.flatMap(({ text }) => text.match(/\bZUIL_[A-Z0-9_]+\b/g) ?? []))
    const example = files.find(({ path }) => path === '.env.example')?.text ?? ''
    const listed = new Set([...example.matchAll(/^#? ?(ZUIL_[A-Z0-9_]+)=/gm)].map((hit) => hit[1] ?? ''))
    return [
      ...[...read].filter((name) => !listed.has(name)).map((name) => `${name}: add it to .env.example with its default and unit`),
      ...[...listed]
        .filter((name) => !read.has(name))
        .map((name) => `${name}: no config.ts reads it: remove it from .env.example`),
    ]
  },
  planted: [
    { path: 'ingest/src/config.ts', text: "environment['ZUIL_PORT']" },
    { path: '.env.example', text: '# ZUIL_OLD=1\n' },
  ],
}

/** Keys of the object literal that follows an opening, in every file that has it. */
function literalKeys(files: readonly SourceFile[], opening: RegExp): string[] {
  return files.flatMap(({ path, text }) => {
    const literal = path.startsWith('pipeline/src/')
      ? new RegExp(`${opening.source}\\{\\n([\\s\\S]*?)\\n *\\}`).exec(text)?.[1]
      : undefined
    return [...(literal ?? '').matchAll(/^ *'?([\w-]+)'?:/gm)].map((hit) => hit[1] ?? '')
  })
}

const jobRule: Rule = {
  name: 'each job of a queue has one processor, each processor a job',
  find: (files) => {
    const jobs = literalKeys(files, /\bJOBS = /)
    const processors = literalKeys(files, /: Processors = /)
    if (jobs.length === 0) return ['pipeline: keep the table of jobs as `JOBS = {`, where this rule finds it']
    return [
      ...jobs
        .filter((job) => processors.filter((name) => name === job).length !== 1)
        .map((job) => `${job}: give this job exactly one processor`),
      ...processors
        .filter((name) => !jobs.includes(name))
        .map((name) => `${name}: no job has this name: remove the processor, or add the job`),
    ]
  },
  planted: [
    {
      path: 'pipeline/src/jobs/job-contract.ts',
      text: "export const JOBS = {\n  'load-range': 'load',\n  expire: 'maintain',\n}",
    },
    { path: 'pipeline/src/parts.ts', text: "  const processors: Processors = {\n    'load-range': loadRange(loader),\n  }" },
  ],
}

/** Decisions may be named by their number: `docs/decisions/0003`. */
const documentRule: Rule = {
  name: 'every document and file that is pointed to exists',
  find: (files) => {
    const paths = new Set(files.map(({ path }) => path))
    const exists = (target: string) =>
      [...paths].some((path) => path === target || path.startsWith(`${target}/`) || path.startsWith(`${target}-`))
    return files.flatMap(({ path, text }) => {
      const named = isCode(path)
        ? [...text.matchAll(/(?<![\w./])docs\/(?:decisions|runbooks|[\w-]+\.md)[\w./-]*/g)].map(([hit]) => hit)
        : []
      const linked = path.endsWith('.md')
        ? [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map((hit) => normalize(join(dirname(path), hit[1] ?? '')))
        : []
      return [...named, ...linked]
        .map((target) => target.replaceAll('\\', '/').replace(/[./]+$/, ''))
        .filter((target) => !exists(target))
        .map((target) => `${path}: ${target} does not exist: write it, or point to what does`)
    })
  },
  planted: [{ path: 'docs/README.md', text: 'see [the plan](plan.md)' }],
}

const surpriseRule: Rule = {
  name: 'each surprise of docs/surprises.md is a case with its number in the title',
  find: (files) => {
    const list = files.find(({ path }) => path === 'docs/surprises.md')?.text ?? ''
    const listed = new Set([...list.matchAll(/^\| (\d+) \|/gm)].map((hit) => hit[1] ?? ''))
    const cases = new Set<string>()
    for (const { path, text } of files) {
      if (!path.endsWith('.test.ts') || QUOTES_THE_RULES.includes(path)) continue
      const titles = text.matchAll(/^\s*(?:test|it|\]).*?\((['"`])(.*)/gm)
      for (const [, , title = ''] of titles) {
        for (const [, numbers = ''] of title.matchAll(/\bsurprises? (\d+(?:(?:, | and )\d+)*)/g)) {
          for (const number of numbers.match(/\d+/g) ?? []) cases.add(number)
        }
      }
    }
    return [
      ...[...listed]
        .filter((number) => !cases.has(number))
        .map((number) => `surprise ${number}: write its case, with the number`),
      ...[...cases].filter((number) => !listed.has(number)).map((number) => `surprise ${number}: docs/surprises.md has none`),
    ]
  },
  planted: [
    { path: 'docs/surprises.md', text: '| 1 | one |\n| 2 | two |\n| 3 | three |\n' },
    { path: 'core/test/period.test.ts', text: "// surprise 2\ntest('surprises 1 and 3: x', () => {})" },
  ],
}

const rules: readonly Rule[] = [...wordRules, importRule, ...fileRules, settingsRule, jobRule, documentRule, surpriseRule]

describe('house rules', () => {
  const tree = readTree()
  test.each(rules)('$name', ({ find }) => {
    expect(find(tree)).toEqual([])
  })
})

describe('a house rule notices what it is there for', () => {
  test.each(rules)('$name', ({ find, planted }) => {
    expect(find(planted)).not.toEqual([])
  })

  test('each planted import is found by itself', () => {
    for (const file of importRule.planted) expect(importRule.find([file])).toHaveLength(1)
  })
})

describe('documents that follow the code', () => {
  test('docs/errors.md lists every problem of core with its type, title and status', async (context) => {
    const file = join(ROOT, 'core/src/errors.ts')
    context.skip(!existsSync(file), 'core has no errors.ts')
    const { PROBLEMS }: { PROBLEMS: Record<string, ProblemDefinition> } = await import(file)
    const wanted = Object.entries(PROBLEMS).map(([code, { type, title, status, readStatus }]) =>
      [code, type, title, readStatus ? `${status}, on reading ${readStatus}` : String(status)].join(' | '),
    )
    expect(rowsOf(readFileSync(join(ROOT, 'docs/errors.md'), 'utf8'))).toEqual(wanted)
  })

  test('a row of the manual that differs from the code is noticed', () => {
    expect(rowsOf('| `a/b` | `https://x/a/b` | Old title | 400 | meaning |\n')).toEqual(['a/b | https://x/a/b | Old title | 400'])
  })

  test('the messages of all languages have the same keys', async (context) => {
    const folder = join(ROOT, 'dashboard/src/messages')
    context.skip(!existsSync(folder), 'the dashboard has no messages')
    const keys: string[][] = []
    for (const language of ['nl', 'fr', 'en']) keys.push(keysOf((await import(join(folder, `${language}.ts`)))[language]))
    const [dutch, ...others] = keys
    expect(dutch).not.toEqual([])
    for (const other of others) expect(other).toEqual(dutch)
  })

  test('a message that a language lacks is noticed, at any depth', () => {
    expect(keysOf({ now: { title: 'Nu', live: 'live' } })).not.toEqual(keysOf({ now: { title: 'Maintenant' } }))
  })
})

interface ProblemDefinition {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly readStatus?: number
}

/** The first four cells of each table row that opens with a code; the fifth is prose. */
function rowsOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 5)
        .map((cell) => cell.trim().replaceAll('`', ''))
        .join(' | '),
    )
}

/** Paths of all members, sorted; texts, lists and functions are leaves. */
function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value)
    .flatMap(([key, member]) => keysOf(member, `${path}/${key}`))
    .sort()
}
