import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/database.ts'],
    pool: 'forks',
    // One more than this project's smallest machine has processors: browsers and mailed codes mostly make a test wait.
    maxWorkers: 3,
    // Loading the server for each of the files anew took a second of every one. No test changes what modules share.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a page shows may take its time on a busy machine; that it shows it is what is tested.
    expect: { poll: { timeout: 15_000 } },
  },
});
