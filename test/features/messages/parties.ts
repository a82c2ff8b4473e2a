import { randomUUID } from 'node:crypto';
import { respondentLinks } from '../../../db/schema/index.ts';
import { sha256 } from '../../../server/adapters/keys.ts';
import type { TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { signIn } from '../answers/sent-assessment.ts';
import { newSent, START } from '../assessments/drafts.ts';
import { type Visitor, visitor } from '../respondents/visitor.ts';
import { type Customer, newCustomer } from '../vendors/customer.ts';

export type Parties = { id: string; customer: Customer; vendor: Visitor; linkId: string };
type Link = Partial<typeof respondentLinks.$inferInsert>;

/** A sent assessment, its customer's people, and the vendor's contact in a browser. */
export async function parties(test: TestApp): Promise<Parties> {
  test.services.clock.set(START);
  const customer = await newCustomer(test);
  const id = await newSent(test, customer.owner.principal);
  const linkId = await ownerLink(test, id);
  const vendor = await enter(test, customer.organisationId, id, linkId);
  test.services.clock.advance(1_000);
  return { id, customer, vendor, linkId };
}

/** A colleague of the vendor's contact with an own link, in a browser. */
export async function colleague(test: TestApp, { id, customer, linkId }: Parties, link: Link) {
  const own = randomUUID();
  await test.services.database.inOrganisation(customer.organisationId, (db) =>
    db.insert(respondentLinks).values({
      organisationId: customer.organisationId,
      id: own,
      assessmentId: id,
      name: '小林 情報',
      email: 'kobayashi@vendor.example',
      role: 'contributor',
      invitedBy: linkId,
      tokenHash: sha256(test.services.keys.linkToken(own)),
      ...link,
    }),
  );
  return { linkId: own, browser: await enter(test, customer.organisationId, id, own) };
}

export async function enter(test: TestApp, organisationId: string, assessmentId: string, linkId: string) {
  const ids = { organisationId, assessmentId, linkId, memberId: randomUUID() };
  const cookie = await signIn(test.app, test.services, ids, 'respondent');
  const browser = visitor(test.app, test.services.config.publicUrl);
  const [name = '', value = ''] = cookie.split('=');
  browser.cookies.set(name, value);
  return browser;
}

async function ownerLink(test: TestApp, id: string): Promise<string> {
  let linkId = '';
  await asOwner(test.services.ownerUrl, async (client) => {
    const { rows } = await client.query(
      "select id from respondent_links where assessment_id = $1 and role = 'respondent' and revoked_at is null",
      [id],
    );
    linkId = rows[0]?.id;
  });
  return linkId;
}
