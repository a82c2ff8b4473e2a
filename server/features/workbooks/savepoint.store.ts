import { sql } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';

/** Runs `work` so that its failure takes back what it did and nothing of the transaction before it. Rethrows. */
export async function atSavepoint<T>(db: Transaction, work: () => Promise<T>): Promise<T> {
  await db.execute(sql`savepoint one_answer`);
  try {
    const done = await work();
    await db.execute(sql`release savepoint one_answer`);
    return done;
  } catch (error) {
    await db.execute(sql`rollback to savepoint one_answer`);
    throw error;
  }
}
