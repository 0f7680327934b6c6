type Sqlite = typeof import('node:sqlite');

/**
 * Node's own SQLite. Up to Node 24 loading it prints an ExperimentalWarning, which tells the people who run a server
 * nothing that they could act upon: that one is left out, every other is not.
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
