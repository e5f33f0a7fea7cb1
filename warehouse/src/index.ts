export { contentHash } from './content.ts'
export {
  LOCAL_ERRORS,
  type LocalErrorCode,
  POISON_CODES,
  RETRY_CODES,
  WarehouseError,
  type WarehouseErrorKind,
} from './errors.ts'
export { openWarehouse, type WarehouseLocation } from './open-warehouse.ts'
export { columnNames, isTableName, TABLE_NAMES, TABLES, type TableName } from './tables.ts'
export {
  type Content,
  type DamagedPart,
  INSERT_ROWS_MAX,
  type MigrationReport,
  type Parameters,
  type ParameterValue,
  type Place,
  READS_AT_ONCE,
  READS_WAITING_MAX,
  type Span,
  type TableStorage,
  type Warehouse,
} from './warehouse.ts'
