import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Database } from '../../db/client.ts';
import { organisations } from '../../db/schema/index.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let files: TestDatabase;
let database: Database;

beforeAll(async () => {
  files = await createTestDatabase();
  database = connect(files.url, { onError: () => {} });
});
afterAll(async () => {
  await database.close();
  await files.drop();
});

test('an organisation sees its own row and nobody else does', async () => {
  const [mine, other] = [randomUUID(), randomUUID()];
  await database.inOrganisation(mine, (db) => db.insert(organisations).values({ id: mine, name: 'A 社' }));
  expect(await database.inOrganisation(mine, (db) => db.select().from(organisations))).toHaveLength(1);
  expect(await database.inOrganisation(other, (db) => db.select().from(organisations))).toEqual([]);
});
