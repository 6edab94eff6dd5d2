import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: false,
  esbuild: { jsx: 'automatic' },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'happy-dom', testTimeout: 20_000 },
} as never);
