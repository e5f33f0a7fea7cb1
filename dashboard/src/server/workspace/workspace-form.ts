import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { PERIOD_PARAMETER, PLACE_PARAMETER } from '../../lib/address.ts'
import { WORKSPACE_FIELDS, WORKSPACE_PATH, type WorkspaceFault, type WorkspacePart } from '../../lib/workspace/workspace-view.ts'
import { backTo, type FormHandler } from '../notebook/own-form.ts'
import type { KeptRecord, RecordFile } from '../notebook/record-file.ts'
import type { Principal } from '../scope/principal.ts'

/** Of a field that comes back in the address. */
const TYPED_LENGTH_MAX = 200
const CARRIED = [PLACE_PARAMETER, PERIOD_PARAMETER, WORKSPACE_FIELDS.municipality]

/** Of everything that is kept: which account wrote it, and epoch ms. */
export const WRITTEN = { by: Type.String(), at: Type.Number() }

/** A form of the page: what it keeps, or why it does not. */
export interface WorkspaceForm {
  /** Names of the fields that come back when something was wrong with them. */
  readonly fields: readonly string[]
  readonly keep: (form: URLSearchParams, principal: Principal) => Promise<WorkspaceFault | undefined>
}

/** Handlers of the forms of a part; each leads back to its part of the page, as it was, with what was wrong. */
export function workspaceForms(
  part: WorkspacePart,
  forms: Readonly<Record<string, WorkspaceForm>>,
): Readonly<Record<string, FormHandler>> {
  const handlers = Object.entries(forms).map(([action, { fields, keep }]): [string, FormHandler] => [
    `${WORKSPACE_PATH}/${action}`,
    async (form, principal) => {
      const fault = await keep(form, principal)
      const typed = fault === undefined ? {} : { ...fieldsOf(form, fields), [WORKSPACE_FIELDS.fault]: `${part}.${fault}` }
      return `${backTo(WORKSPACE_PATH, form, { ...fieldsOf(form, CARRIED), ...typed })}#${part}`
    },
  ])
  return Object.fromEntries(handlers)
}

/** Takes a record away, for who may write about what it is about. */
export function removal<T extends KeptRecord>(
  file: RecordFile<T>,
  mayRemove: (record: T, principal: Principal) => Promise<boolean>,
): WorkspaceForm {
  return {
    fields: [],
    async keep(form, principal) {
      const record = file.get(form.get(WORKSPACE_FIELDS.id) ?? '')
      if (!record) return 'nothing'
      if (!(await mayRemove(record, principal))) return 'place'
      await file.remove(record.id)
      return undefined
    },
  }
}

/** Reads a line of a file: a record of this shape, or undefined. */
export function recordOf<T extends TSchema>(shape: T): (line: unknown) => Static<T> | undefined {
  return (line) => (Value.Check(shape, line) ? line : undefined)
}

function fieldsOf(form: URLSearchParams, names: readonly string[]): Readonly<Record<string, string>> {
  const typed = names.flatMap((name): [string, string][] => {
    const value = form.get(name)
    return value ? [[name, value.slice(0, TYPED_LENGTH_MAX)]] : []
  })
  return Object.fromEntries(typed)
}
