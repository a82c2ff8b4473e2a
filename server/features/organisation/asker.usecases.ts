import type { Transaction } from '../../../db/client.ts';
import type { Localized } from '../../domain/questionnaire/questionnaire.ts';
import type { Principal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { findLogo, readLogo } from './logos.store.ts';
import { readOrganisation } from './organisation.store.ts';

/** How a customer presents itself to a vendor. Names each member that leaves. */
export type Asker = {
  name: Localized;
  /** `src` is where this reader gets it. */
  logo: { src: string; width: number; height: number } | null;
  address: string;
  department: string;
  privacy: { name: string; email: string; phone: string } | null;
  /** null: the usual text. `en` may be '': then the Japanese one stands in. */
  confidentiality: Localized | null;
};

/** For the page of a member or a respondent; templates/partials/organisation show it. */
export function readAskerFor(services: Services, { organisationId, kind }: Principal): Promise<Asker> {
  return services.database.inOrganisation(organisationId, (db) => readAsker(db, organisationId, logoPlaces[kind]));
}

const logoPlaces = { member: '/organisation/logo', respondent: '/respond/logo' } as const;

async function readAsker(db: Transaction, organisationId: string, logos: string): Promise<Asker> {
  const [row, logo] = await Promise.all([readOrganisation(db, organisationId), findLogo(db, organisationId)]);
  const { name, nameEn, address, department, privacyName, privacyEmail, privacyPhone } = row;
  const words = { ja: row.confidentialityJa, en: row.confidentialityEn };
  return {
    name: { ja: name, en: nameEn || name },
    logo: logo ? { src: `${logos}/${logo.id}`, width: logo.width, height: logo.height } : null,
    address,
    department,
    privacy: privacyName ? { name: privacyName, email: privacyEmail, phone: privacyPhone } : null,
    confidentiality: words.ja ? words : null,
  };
}

/** The logo as a frozen document carries it, so that it is the same picture for ever; undefined without one. */
export async function readPrintedLogo(
  db: Transaction,
  organisationId: string,
): Promise<{ dataUri: string; width: number; height: number } | undefined> {
  const logo = await readLogo(db, organisationId);
  if (!logo) return undefined;
  const { width, height } = logo;
  return { dataUri: `data:image/png;base64,${logo.image.toString('base64')}`, width, height };
}
