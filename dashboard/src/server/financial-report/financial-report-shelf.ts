import { type Static, Type } from 'typebox'
import { FileShelf } from '../storage/file-shelf.ts'

const Kept = Type.Object({
  id: Type.Integer(),
  status: Type.Enum(['STARTED', 'AVAILABLE', 'FAILED']),
  message: Type.String(),
  firstDay: Type.String(),
  lastDay: Type.String(),
  createdAt: Type.Integer(),
  organizer: Type.String(),
  cardSystems: Type.Array(Type.Integer()),
  client: Type.String(),
  /** Name of the file for who downloads it; empty until there is one. */
  fileName: Type.String(),
})
export type KeptReport = Readonly<Static<typeof Kept>>

export type FinancialReportShelf = FileShelf<typeof Kept>

export function financialReportShelf(folder: string): FinancialReportShelf {
  return new FileShelf({ folder, ending: 'zip', entry: Kept })
}
