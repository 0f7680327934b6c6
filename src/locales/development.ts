/**
 * Bundlers put the word in the place of `process.env.NODE_ENV`, whole; without a bundler there is no `process` in a
 * browser, and nobody to tell: then it is production.
 */
export function inDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}
