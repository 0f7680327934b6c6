import react from '@vitejs/plugin-react';
import { standInHost } from 'lrt-plugin/host/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Sources that import 'myWorld-client', as plugins of IQGeo's platform do, get the stand-in host here.
  plugins: [standInHost(), react()],
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'index' },
    // What the application shares with its plugins comes from the application.
    rolldownOptions: { external: /^(react|react-dom|antd|lrt-plugin|myWorld-client)($|\/)/ },
    sourcemap: true,
  },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: 'test/setup.ts',
    testTimeout: 60_000,
  },
});
