import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The host application as a plain page, for end-to-end tests and screenshots. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // One page that is opened from this machine: nothing is won by cutting it up.
  build: { chunkSizeWarningLimit: 4000 },
});
