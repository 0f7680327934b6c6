import type { Plugin } from 'vite';

/** JSX in `.js` files, as the platform's sources have it; Vite itself looks for it in `.jsx` files only. */
export function jsxInJs(): Plugin {
  let isDevelopment = false;
  return {
    name: 'stand-in-host:jsx-in-js',
    enforce: 'pre',
    config() {
      // The search for dependencies reads these files too.
      const isRolldown = 'rolldownVersion' in this.meta;
      const optimizeDeps = isRolldown
        ? { rolldownOptions: { moduleTypes: { '.js': 'jsx' as const } } }
        : { esbuildOptions: { loader: { '.js': 'jsx' as const } } };
      return { optimizeDeps };
    },
    configResolved({ isProduction }) {
      isDevelopment = !isProduction;
    },
    async transform(code, id) {
      const file = id.replace(/\?.*$/, '');
      if (!file.endsWith('.js') || file.startsWith('\0') || file.includes('/node_modules/')) return null;
      // An element, or a fragment; a comparison is let through too, and comes out as it was.
      if (!/<(?:[A-Za-z]|>)/.test(code)) return null;
      // The user's own, which is running: before Vite 8 it has but the second of the two.
      const { transformWithOxc, transformWithEsbuild }: Partial<typeof import('vite')> = await import('vite');
      const result = transformWithOxc
        ? await transformWithOxc(code, file, {
            lang: 'jsx',
            jsx: { runtime: 'automatic', development: isDevelopment },
          })
        : await transformWithEsbuild?.(code, file, {
            loader: 'jsx',
            jsx: 'automatic',
            jsxDev: isDevelopment,
          });
      return result && { code: result.code, map: result.map };
    },
  };
}
