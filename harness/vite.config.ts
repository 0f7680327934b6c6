import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The host application as plain pages: on a mock backend (index.html), and on a server (server.html). */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The worker that reads files loads what a format needs on demand.
  worker: { format: 'es' },
  optimizeDeps: { include: ['fflate', 'papaparse', 'proj4', 'saxes'] },
  // One page that is opened from this machine: nothing is won by cutting it up.
  build: {
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: ['index.html', 'server.html'].map((page) => resolve(import.meta.dirname, page)),
    },
  },
});
