/**
 * A play function that looks for English words: it looks only while the toolbar says English. In another language the
 * story is there to be seen.
 */
export function inEnglish<Context extends { globals: Record<string, unknown> }>(
  play: (context: Context) => Promise<void>,
): (context: Context) => Promise<void> {
  return async (context) => {
    if (context.globals.language === 'en') await play(context);
  };
}
