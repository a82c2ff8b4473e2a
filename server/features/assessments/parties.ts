import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../../db/client.ts';
import { assessments, members, organisations, services, vendors } from '../../../db/schema/index.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';

/** Who asks whom about what, as far as a vendor may know. */
export type Parties = {
  reference: string;
  customer: Localized;
  /** The member who sent the request: the vendor's contact. */
  sender: { id: string; name: string; title: string; email: string; locale: 'ja' | 'en' };
  vendor: Localized;
  service: { name: string; version: string };
};

/** Reads only what a respondent may see; everything else about a vendor or service stays out. */
export async function readParties(db: Transaction, organisationId: string, assessmentId: string): Promise<Parties> {
  const [row] = await db
    .select({
      reference: assessments.reference,
      customer: { ja: organisations.name, en: organisations.nameEn },
      sender: {
        id: members.id,
        name: members.name,
        title: members.title,
        email: members.email,
        locale: members.locale,
      },
      vendor: { ja: vendors.name, en: vendors.nameEn },
      service: { name: services.name, version: services.version },
    })
    .from(assessments)
    .innerJoin(organisations, eq(organisations.id, assessments.organisationId))
    .innerJoin(
      members,
      and(eq(members.organisationId, assessments.organisationId), eq(members.id, assessments.createdBy)),
    )
    .innerJoin(
      services,
      and(eq(services.organisationId, assessments.organisationId), eq(services.id, assessments.serviceId)),
    )
    .innerJoin(vendors, and(eq(vendors.organisationId, services.organisationId), eq(vendors.id, services.vendorId)))
    .where(and(eq(assessments.organisationId, organisationId), eq(assessments.id, assessmentId)));
  if (!row) throw new Error(`assessments: ${assessmentId} has lost its service or sender`);
  return { ...row, customer: named(row.customer), vendor: named(row.vendor) };
}

function named({ ja, en }: { ja: string; en: string | null }): Localized {
  return { ja, en: en || ja };
}
