/**
 * True in a development build. Bundlers replace the whole expression `process.env.NODE_ENV` by a string. Without a
 * bundler a browser has no `process`. That counts as production, because no developer reads the console there.
 */
export function inDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}
