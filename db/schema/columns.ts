import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** Every tenant table starts with these two and has them as its primary key, so that no foreign key can cross tenants. */
export function tenantKey() {
  return {
    organisationId: uuid('organisation_id').notNull(),
    id: uuid('id').notNull(),
  };
}

export function instant(name: string) {
  return timestamp(name, { withTimezone: true, mode: 'date' });
}
