import { defineConfig } from 'vite';
import { withReactOfQwc2 } from './build/withReactOfQwc2.ts';

// `npm run build` makes dist/lrt.js for QWC2; `npm run dev` opens index.html, where a stand-in plays QWC2's part.
export default defineConfig({ plugins: [withReactOfQwc2('src/plugin.ts', 'lrt')] });
