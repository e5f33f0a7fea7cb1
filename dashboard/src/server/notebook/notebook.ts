import type { FastifyInstance } from 'fastify'
import type { PlaceBook } from '../scope/place-book.ts'
import { AnnotationBook } from './annotation-book.ts'
import { LockedLinks } from './locked-links.ts'
import { type OwnFormOptions, ownForms } from './own-form.ts'
import { SavedViews } from './saved-views.ts'
import { Targets } from './targets.ts'

export interface NotebookOptions {
  /** Its folder, made when it is not there. */
  readonly folder: string
  /** 32 bytes of the installation: signs locked links. */
  readonly key: Buffer
  readonly places: Pick<PlaceBook, 'regions'>
  /** Epoch ms. */
  readonly clock: () => number
}

/** Everything that people write down themselves. */
export interface Notebook {
  readonly annotations: AnnotationBook
  readonly views: SavedViews
  readonly links: LockedLinks
  readonly targets: Targets
}

export async function openNotebook({ folder, key, places, clock }: NotebookOptions): Promise<Notebook> {
  const [annotations, views, links, targets] = await Promise.all([
    AnnotationBook.open(folder, { places, clock }),
    SavedViews.open(folder),
    LockedLinks.open({ folder, key, clock }),
    Targets.open(folder, places),
  ])
  return { annotations, views, links, targets }
}

/** The forms of the notebook. */
export function notebookRoutes({ annotations, views, links, targets }: Notebook, options: OwnFormOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    await ownForms(scope, options, { ...annotations.forms, ...views.forms, ...links.forms, ...targets.forms })
  }
}
