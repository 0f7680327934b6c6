import { standInHost } from 'lrt-plugin/host/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  // The folder that has your modules: modules/<module>/public/js, modules/<module>/public/locales.
  plugins: [standInHost({ modules: 'modules' })],
});
