import { ANNOTATION_FAULTS, ANNOTATION_FIELDS, ANNOTATION_KINDS } from '../../lib/annotation.ts'
import type { FigurePageView } from '../../lib/figure/figure-view.ts'
import { type Format, formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'
import type { AnnotationsView, ViewsView } from '../../lib/notebook-view.ts'
import { VIEW_FAULTS, VIEW_FIELDS, VIEWS_PATH } from '../../lib/saved-view.ts'
import type { Option } from '../../lib/shell-view.ts'
import { TARGET_FAULTS, TARGET_FIELDS, TARGET_NUMBERS } from '../../lib/target.ts'
import { figureMessagesOf } from '../../messages/figures/figure-languages.ts'
import { messagesOf } from '../../messages/languages.ts'
import { capital } from '../figures/figure-writing.ts'
import { buildPage, type PageSources } from '../figures/page-builder.ts'
import type { Authentication } from '../scope/authentication.ts'
import type { Principal } from '../scope/principal.ts'
import { writablePlaces } from './annotation.ts'
import type { Notebook } from './notebook.ts'
import { notebookWords } from './notebook-words.ts'

/** What a locked link shows: the page, and what to know of the link. */
export interface LockedView {
  readonly page: FigurePageView
  readonly note: string
}

export interface NotebookDeskOptions {
  readonly notebook: Notebook
  readonly sources: PageSources
  readonly authentication: Pick<Authentication, 'scopeOfLink'>
}

type Typed = Pick<URLSearchParams, 'get'>

/** The pages of the notebook, for who looks at them. */
export class NotebookDesk {
  readonly #options: NotebookDeskOptions

  constructor(options: NotebookDeskOptions) {
    this.#options = options
  }

  /** @param typed the address of the page: what was typed, where something was wrong with it */
  async annotations(principal: Principal, language: Language, typed: Typed): Promise<AnnotationsView> {
    const { notebook, sources } = this.#options
    const words = notebookWords(language)
    const { annotations } = words
    const { kinds } = figureMessagesOf(language).annotations
    const mayWrite = writablePlaces(principal.roles, await sources.places.regions())
    const places = principal.places.filter(({ place }) => mayWrite(place))
    const nameOf = await this.#namer(language)
    const field = (name: keyof typeof ANNOTATION_FIELDS) => typed.get(ANNOTATION_FIELDS[name]) ?? ''
    const fault = ANNOTATION_FAULTS.find((each) => each === field('fault'))
    const own = notebook.annotations.of(places.map(({ place }) => place)).toReversed()
    const form = {
      ...annotations.form,
      places: places.map(({ place }) => ({ value: place, label: nameOf(place) })),
      kinds: ANNOTATION_KINDS.map((value) => ({ value, label: capital(kinds[value]) })),
      values: {
        place: field('place') || (places[0]?.place ?? ''),
        kind: field('kind') || ANNOTATION_KINDS[0],
        first: field('first'),
        last: field('last'),
        text: field('text'),
      },
    }
    return {
      language,
      title: annotations.title,
      intro: annotations.intro,
      fault: fault === undefined ? '' : annotations.faults[fault],
      form,
      list: {
        ...annotations.list,
        rows: own.map(({ id, place, kind, firstDay, lastDay, text }) => ({
          id,
          cells: [nameOf(place), capital(kinds[kind]), firstDay, lastDay, text],
        })),
        remove: words.remove,
      },
      ...this.#targets(form.places, language, typed),
    }
  }

  #targets(places: readonly Option[], language: Language, typed: Typed): Pick<AnnotationsView, 'targets'> {
    const { faults, line, ...words } = notebookWords(language).targets
    const { keyNumbers } = figureMessagesOf(language)
    const regions = places.filter(({ value }) => value.startsWith('region:'))
    if (regions.length === 0) return {}
    const fault = TARGET_FAULTS.find((each) => each === typed.get(TARGET_FIELDS.fault))
    const kept = this.#options.notebook.targets.of(regions.map(({ value }) => value))
    const format = formatOf(language)
    return {
      targets: {
        ...words,
        fault: fault === undefined ? '' : faults[fault],
        regions,
        numbers: TARGET_NUMBERS.map((value) => ({ value, label: keyNumbers[value] })),
        rows: kept.map(({ id, place, number, value, year }) => {
          const region = regions.find((each) => each.value === place)?.label ?? place
          return { id, text: line({ region, number: keyNumbers[number], value: format.decimal(value, 1), year }) }
        }),
      },
    }
  }

  async views({ account }: Pick<Principal, 'account'>, language: Language, typed: Typed): Promise<ViewsView> {
    const { views: saved, links } = this.#options.notebook
    const words = notebookWords(language)
    const { title, intro, views, until, faults, links: linked } = words.views
    const fault = VIEW_FAULTS.find((each) => each === typed.get(VIEW_FIELDS.fault))
    const format = formatOf(language)
    const nameOf = await this.#namer(language)
    const pageNames = messagesOf(language).shell.pageNames
    return {
      language,
      title,
      intro,
      fault: fault === undefined ? '' : faults[fault],
      remove: words.remove,
      views: {
        ...views,
        rows: saved.of(account).map(({ id, name, address }) => ({ id, label: name, href: `${VIEWS_PATH}/${id}`, note: address })),
      },
      links: {
        ...linked,
        rows: links.of(account).map(({ id, page, place, period, until: end, path }) => ({
          id,
          label: `${pageNames[page]}, ${nameOf(place)}, ${period}`,
          href: path,
          note: until(format.date(end)),
        })),
      },
    }
  }

  savedAddress(id: string): string | undefined {
    return this.#options.notebook.views.addressOf(id)
  }

  /** What a locked link opens, without files: those need an account. Undefined where it opens nothing. */
  async locked(token: string, language: Language): Promise<LockedView | undefined> {
    const { notebook, sources, authentication } = this.#options
    const link = notebook.links.read(token)
    if (!link) return undefined
    const { page, place, period, compareWith, release } = link
    const scope = await authentication.scopeOfLink(link)
    const asked = { page, state: { language, place, period, compareWith }, scope, search: '' }
    // What was noted later is no part of it, and neither are agreements, which change.
    const annotations = {
      of: async (places: readonly string[]) => notebook.annotations.of(places).filter(({ at }) => at <= link.at),
    }
    const view = await buildPage(asked, { ...sources, annotations, targets: { of: () => [] } })
    const format: Format = formatOf(language)
    const nameOf = await this.#namer(language)
    return {
      page: { ...view, figures: view.figures.map((figure) => ({ ...figure, files: [], picture: '' })) },
      note: notebookWords(language).locked({ place: nameOf(place), release, until: format.date(link.until) }),
    }
  }

  async #namer(language: Language): Promise<(place: string) => string> {
    const name = await this.#options.sources.places.namer()
    return (place) => (place === 'all' ? figureMessagesOf(language).allPlaces : name(place))
  }
}
