import { and, desc, eq, isNull, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Transaction } from '../../../db/client.ts';
import { assessments, members, organisations, services, vendors } from '../../../db/schema/index.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';

/** Who asks whom about what, as far as a vendor may know. */
export type Parties = {
  reference: string;
  customer: Localized;
  /** The vendor's contact: the member who asked or, once that person has left, the owner who has been there longest. */
  sender: { name: string; title: string; email: string };
  vendor: Localized;
  service: { name: string; version: string };
};

/** Reads only what a respondent may see; everything else about a vendor or service stays out. */
export async function readParties(db: Transaction, organisationId: string, assessmentId: string): Promise<Parties> {
  const [row] = await db
    .select({
      reference: assessments.reference,
      customer: { ja: organisations.name, en: organisations.nameEn },
      sender: { name: members.name, title: members.title, email: members.email },
      vendor: { ja: vendors.name, en: vendors.nameEn },
      service: { name: services.name, version: services.version },
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .innerJoin(members, and(eq(members.organisationId, assessments.organisationId), eq(members.id, contactOf(db))))
    .innerJoin(
      services,
      and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
    )
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, assessmentId)));
  if (!row) throw new Error(`assessments: ${assessmentId} has lost its service or sender`);
  return { ...row, customer: named(row.customer), vendor: named(row.vendor) };
}

/** There is always one, because the last owner cannot leave. */
function contactOf(db: Transaction) {
  const present = alias(members, 'present');
  const asked = eq(present.id, assessments.createdBy);
  return db
    .select({ id: present.id })
    .from(present)
    .where(
      and(
        eq(present.organisationId, assessments.organisationId),
        isNull(present.disabledAt),
        or(asked, eq(present.role, 'owner')),
      ),
    )
    .orderBy(desc(asked), present.createdAt, present.id)
    .limit(1);
}

function named({ ja, en }: { ja: string; en: string | null }): Localized {
  return { ja, en: en || ja };
}
