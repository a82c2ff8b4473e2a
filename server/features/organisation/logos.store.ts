import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { organisationLogos } from '../../../db/schema/index.ts';

export type Logo = typeof organisationLogos.$inferSelect;
export type LogoHead = Omit<Logo, 'image'>;

/** The logo without its bytes, or undefined. */
export async function findLogo(db: Transaction, organisationId: string): Promise<LogoHead | undefined> {
  const { organisationId: owner, id, sha256, width, height, uploadedAt, uploadedBy } = organisationLogos;
  const [row] = await db
    .select({ organisationId: owner, id, sha256, width, height, uploadedAt, uploadedBy })
    .from(organisationLogos)
    .where(eq(organisationLogos.organisationId, organisationId));
  return row;
}

/** The logo with its bytes, whichever it is just now. */
export async function readLogo(db: Transaction, organisationId: string): Promise<Logo | undefined> {
  const [row] = await db.select().from(organisationLogos).where(eq(organisationLogos.organisationId, organisationId));
  return row;
}

/** The bytes of exactly this logo; undefined once another has taken its place. */
export async function readImage(db: Transaction, organisationId: string, id: string): Promise<Buffer | undefined> {
  const [row] = await db
    .select({ image: organisationLogos.image })
    .from(organisationLogos)
    .where(and(eq(organisationLogos.organisationId, organisationId), eq(organisationLogos.id, id)));
  return row?.image;
}

export async function insertLogo(db: Transaction, logo: Logo): Promise<void> {
  await db.insert(organisationLogos).values(logo);
}

export async function deleteLogo(db: Transaction, organisationId: string): Promise<void> {
  await db.delete(organisationLogos).where(eq(organisationLogos.organisationId, organisationId));
}
