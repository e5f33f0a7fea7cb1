import type { FormHandler } from '../notebook/own-form.ts'
import { CardBook } from './card-book.ts'
import { CollaborationBook } from './collaboration-book.ts'
import { DeviceBook } from './device-book.ts'
import { MemberBook, type MemberBookOptions } from './member-book.ts'
import { OnboardingBook } from './onboarding-book.ts'

/** What regions and their municipalities keep of working together. */
export interface Workspace {
  readonly collaboration: CollaborationBook
  readonly members: MemberBook
  readonly onboarding: OnboardingBook
  readonly devices: DeviceBook
  readonly cards: CardBook
}

/** @param options folder of the notebook: a backup of that one has all that people keep */
export async function openWorkspace(options: MemberBookOptions): Promise<Workspace> {
  const [collaboration, members, devices, cards] = await Promise.all([
    CollaborationBook.open(options),
    MemberBook.open(options),
    DeviceBook.open(options),
    CardBook.open(options),
  ])
  return { collaboration, members, devices, cards, onboarding: await OnboardingBook.open({ ...options, members }) }
}

/** Handlers of all its forms. */
export function workspaceHandlers(workspace: Workspace): Readonly<Record<string, FormHandler>> {
  const { collaboration, members, onboarding, devices, cards } = workspace
  return { ...collaboration.forms, ...members.forms, ...onboarding.forms, ...devices.forms, ...cards.forms }
}
