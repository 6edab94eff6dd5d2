import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy of graphql: Node loads its CommonJS build, which mercurius requires; Vite alone would take the other one.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['{domain,commands,projections,read-api,gateway,infra}/**/*.test.ts'],
    globalSetup: ['infra/test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
