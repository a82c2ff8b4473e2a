import { openQueue } from '../../server/adapters/queue.ts';

/** A worker process that takes a job, says so, and never finishes it; the test kills it. */
const queue = await openQueue({ url: process.argv[2] ?? '', worker: true, onError: () => {} });
await queue.work({
  'send-mail': {
    run: () => {
      console.log('taken');
      return new Promise<void>(() => {});
    },
    giveUp: async () => {},
  },
});
