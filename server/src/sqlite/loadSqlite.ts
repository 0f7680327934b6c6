type Sqlite = typeof import('node:sqlite');

/**
 * Node's own SQLite. Up to Node 24 loading it prints an ExperimentalWarning, which gives operators nothing to act
 * upon. This function leaves that warning out, and no other.
 */
export function loadSqlite(): Sqlite {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite is an experimental feature')) {
      Reflect.apply(emitWarning, process, [warning, ...rest]);
    }
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
