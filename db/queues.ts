import { PgBoss } from 'pg-boss';

export type QueueDefinition = { name: string; deadLetter?: string };

/** About 25 minutes in all; a killed worker is noticed when its heartbeat is 30 s old. */
const ATTEMPTS = {
  retryLimit: 8,
  retryBackoff: true,
  retryDelay: 2,
  retryDelayMax: 600,
  expireInSeconds: 120,
  heartbeatSeconds: 30,
  notify: true,
};

/** Installs pg-boss in its own schema, and the queues. `ownerUrl` is the database owner's address. */
export async function createQueues(ownerUrl: string, queues: readonly QueueDefinition[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false, max: 1 });
  boss.on('error', () => {});
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    for (const { name, deadLetter } of withDeadLetters(queues)) {
      const settings = { ...ATTEMPTS, ...(deadLetter ? { deadLetter } : {}) };
      await (known.has(name) ? boss.updateQueue(name, settings) : boss.createQueue(name, settings));
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** A dead-letter queue must exist before the queue that points to it. */
function withDeadLetters(queues: readonly QueueDefinition[]): QueueDefinition[] {
  const deadLetters = new Set(queues.flatMap((queue) => queue.deadLetter ?? []));
  return [...[...deadLetters].map((name) => ({ name })), ...queues];
}
