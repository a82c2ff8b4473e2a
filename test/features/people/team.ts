import { randomUUID } from 'node:crypto';
import { respondentLinks } from '../../../db/schema/index.ts';
import type { LinkScope } from '../../../db/schema/respondents.ts';
import { sha256 } from '../../../server/adapters/keys.ts';
import type { TestApp } from '../../support/app.ts';
import { asOwner } from '../../support/database.ts';
import { type SentAssessment, sentAssessment, signIn } from '../answers/sent-assessment.ts';
import { type Visitor, visitor } from '../respondents/visitor.ts';

export type Role = 'respondent' | 'contributor' | 'checker' | 'approver';
export type Colleague = { linkId: string; email: string; name: string; browser: Visitor };
export type Team = { sent: SentAssessment; owner: Visitor };

/** A request sent to 田中太郎 <tanaka@example.jp>, who is signed in. */
export async function newTeam(test: TestApp, options: Parameters<typeof sentAssessment>[2] = {}): Promise<Team> {
  const sent = await sentAssessment(test.app, test.services, options);
  return { sent, owner: browserWith(test, sent.respondent) };
}

/** Somebody with a link of that role, signed in, without the mails of an invitation. */
export async function colleague(
  test: TestApp,
  { sent }: Team,
  role: Role,
  options: { name?: string; email?: string; scope?: LinkScope | null; dueOn?: string } = {},
): Promise<Colleague> {
  const linkId = randomUUID();
  const email = options.email ?? `${role}-${linkId.slice(0, 8)}@example.jp`;
  const name = options.name ?? names[role];
  await test.services.database.inOrganisation(sent.organisationId, (db) =>
    db.insert(respondentLinks).values({
      organisationId: sent.organisationId,
      id: linkId,
      assessmentId: sent.assessmentId,
      name,
      email,
      role,
      scope: options.scope ?? null,
      dueOn: options.dueOn ?? null,
      invitedBy: sent.linkId,
      tokenHash: sha256(test.services.keys.linkToken(linkId)),
    }),
  );
  return { linkId, email, name, browser: await signedIn(test, sent, linkId) };
}

const names: Record<Role, string> = {
  respondent: '田中太郎',
  contributor: '鈴木次郎',
  checker: '佐藤三郎',
  approver: '高橋四郎',
};

/** The browser of whoever holds that link. */
export async function signedIn(test: TestApp, sent: SentAssessment, linkId: string): Promise<Visitor> {
  return browserWith(test, await signIn(test.app, test.services, { ...sent, linkId }, 'respondent'));
}

function browserWith(test: TestApp, cookie: string): Visitor {
  const person = visitor(test.app, test.services.config.publicUrl);
  const [name = '', value = ''] = cookie.split('=');
  person.cookies.set(name, value);
  return person;
}

export async function rowsOf(test: TestApp, query: string): Promise<Record<string, unknown>[]> {
  let found: Record<string, unknown>[] = [];
  await asOwner(test.services.ownerUrl, async (client) => {
    found = (await client.query(query)).rows;
  });
  return found;
}

export const invitation = {
  role: 'contributor',
  name: '鈴木 次郎',
  email: 'suzuki@example.jp',
  locale: 'ja',
  part: 'chosen',
  sections: 'AUTH',
  dueOn: '',
};

/** The link made for that address. */
export async function linkOf(test: TestApp, { sent }: Team, email: string) {
  const [row] = await rowsOf(
    test,
    `select * from respondent_links where assessment_id = '${sent.assessmentId}' and email = '${email}' order by created_at desc`,
  );
  return row;
}

/** Saves an answer and resolves to the status. */
export async function answer(person: Visitor, question: string, value: unknown, revision = 0, comment = '') {
  return (await person.put(`/api/respond/answers/${question}`, { revision, value, comment })).statusCode;
}

export const declared = { attested: 'yes', name: '田中 太郎', title: '情報システム部長', unanswered: 'yes' };

/** The fingerprint on the check page. */
export async function seenBy(person: Visitor): Promise<string> {
  return /name="seen" value="([0-9a-f]{64})"/.exec((await person.get('/respond/check')).body)?.[1] ?? '';
}
