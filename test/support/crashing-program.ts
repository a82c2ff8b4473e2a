import { runProgram } from '../../server/run-program.ts';

/** Crashes in the way named by its argument, after it has opened something that must be closed. */
await runProgram(
  async (defer) => {
    defer(async () => console.log('closed'));
    console.log('started');
    const how = process.argv[2];
    if (how === 'exception') setTimeout(() => JSON.parse('not json'), 10);
    if (how === 'rejection') void Promise.reject(new Error('nobody listens'));
    if (how === 'hang') {
      defer(() => new Promise(() => {}));
      setTimeout(() => JSON.parse('not json'), 10);
    }
    setInterval(() => {}, 1_000);
  },
  { keepRunning: true },
);
