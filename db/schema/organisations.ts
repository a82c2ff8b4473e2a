import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** A customer (委託元): the tenant. */
export const organisations = pgTable('organisations', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  nameEn: text('name_en'),
  /** 社労士事務所 and the like handle data for clients: vendors are then sub-entrustees (再委託先). */
  isEntrustee: boolean('is_entrustee').notNull().default(false),
  createdAt: instant('created_at').notNull().defaultNow(),
});
