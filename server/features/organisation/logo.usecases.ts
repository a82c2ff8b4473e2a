import { randomUUID } from 'node:crypto';
import { sha256 } from '../../adapters/keys.ts';
import { isIdentifier } from '../../domain/assessment/identifier.ts';
import { conflict, notFound } from '../../errors.ts';
import type { MemberPrincipal, Principal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { deleteLogo, findLogo, insertLogo, readImage } from './logos.store.ts';
import { lockOrganisation } from './organisation.store.ts';

export type UploadedLogo = { name: string; bytes: Uint8Array };

/**
 * Makes a logo of the file and puts it in the place of the one with the id `seen` ('': there was none). Throws AppError 422
 * `logo_…`, and 409 `logo_changed` when another one stands there.
 */
export async function replaceLogo(
  services: Services,
  principal: MemberPrincipal,
  file: UploadedLogo,
  seen: string,
): Promise<void> {
  const { bytes, width, height } = await services.logos.make(file.bytes, file.name);
  const { organisationId } = principal;
  const at = services.clock.now();
  const logo = { organisationId, id: randomUUID(), image: Buffer.from(bytes), sha256: sha256(bytes), width, height };
  await services.database.inOrganisation(organisationId, async (db) => {
    const { name: subject } = await lockOrganisation(db, organisationId);
    const old = await findLogo(db, organisationId);
    if (old?.sha256 === logo.sha256) return;
    if ((old?.id ?? '') !== seen) throw changedMeanwhile();
    await deleteLogo(db, organisationId);
    await insertLogo(db, { ...logo, uploadedAt: at, uploadedBy: principal.name });
    const details = { sha256: logo.sha256, width, height, ...(old ? { replaced: old.sha256 } : {}) };
    const action = old ? 'organisation.logoReplaced' : 'organisation.logoAdded';
    await recordEvent(db, { organisationId, at, actor: actorOf(principal), action, subject, details });
  });
}

/** Removes the logo with the id `seen`; nothing happens when there is none any more. Throws AppError 409 `logo_changed`. */
export async function removeLogo(services: Services, principal: MemberPrincipal, seen: string): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const { name: subject } = await lockOrganisation(db, organisationId);
    const old = await findLogo(db, organisationId);
    if (!old) return;
    if (old.id !== seen) throw changedMeanwhile();
    await deleteLogo(db, organisationId);
    const event = { organisationId, at, actor: actorOf(principal), subject, details: { sha256: old.sha256 } };
    await recordEvent(db, { ...event, action: 'organisation.logoRemoved' });
  });
}

/** The picture for a member of the organisation or a respondent it asks; AppError 404 for everything else. */
export async function readLogoImage(services: Services, { organisationId }: Principal, id: string): Promise<Buffer> {
  if (!isIdentifier(id)) throw notFound();
  const image = await services.database.inOrganisation(organisationId, (db) => readImage(db, organisationId, id));
  if (!image) throw notFound();
  return image;
}

function changedMeanwhile() {
  return conflict('logo_changed', {
    ja: 'ほかの管理者がロゴを変更したため、反映していません。表示されているロゴを確かめ、必要であればもう一度操作してください。',
    en: 'Another owner has changed the logo, so nothing was done. Look at the logo shown and repeat the step if it is still needed.',
  });
}
