import { conflict } from '../../errors.ts';
import type { MemberPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { actorOf, recordEvent } from '../audit/audit.store.ts';
import { findLogo, type LogoHead } from './logos.store.ts';
import {
  listChanges,
  lockOrganisation,
  type Organisation,
  readOrganisation,
  type Settings,
  updateOrganisation,
} from './organisation.store.ts';

export type OrganisationPage = {
  organisation: Organisation;
  logo: LogoHead | undefined;
  changes: Awaited<ReturnType<typeof listChanges>>;
};

export function readSettings(services: Services, { organisationId }: MemberPrincipal): Promise<OrganisationPage> {
  return services.database.inOrganisation(organisationId, async (db) => {
    const [organisation, logo, changes] = await Promise.all([
      readOrganisation(db, organisationId),
      findLogo(db, organisationId),
      listChanges(db, organisationId),
    ]);
    return { organisation, logo, changes };
  });
}

/**
 * Saves what was changed from revision `seen`. Throws AppError 409 `settings_changed` when somebody else has changed them since;
 * saving what stands there already is done at once, so that a form sent twice is no conflict.
 */
export async function saveSettings(
  services: Services,
  principal: MemberPrincipal,
  settings: Settings,
  seen: number,
): Promise<void> {
  const { organisationId } = principal;
  const at = services.clock.now();
  await services.database.inOrganisation(organisationId, async (db) => {
    const before = await lockOrganisation(db, organisationId);
    const changes = changesOf(before, settings);
    if (Object.keys(changes).length === 0) return;
    if (before.settingsRevision !== seen) throw changedMeanwhile(before.settingsChangedBy);
    const settingsRevision = before.settingsRevision + 1;
    const signed = { settingsRevision, settingsChangedAt: at, settingsChangedBy: principal.name };
    await updateOrganisation(db, organisationId, { ...settings, ...signed });
    const event = { organisationId, at, actor: actorOf(principal), subject: settings.name };
    await recordEvent(db, { ...event, action: 'organisation.changed', details: { changes } });
  });
}

/** Members that differ, with both values: what vendors were told, and when, can be proved from the trail. */
function changesOf(before: Settings, after: Settings): Record<string, { from: unknown; to: unknown }> {
  const fields = Object.keys(after) as (keyof Settings)[];
  return Object.fromEntries(
    fields
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, { from: before[field], to: after[field] }]),
  );
}

function changedMeanwhile(by: string) {
  return conflict('settings_changed', {
    ja: `入力している間に、${by}さんが組織の設定を変更しました。まだ保存していません。下の「現在の内容」と見比べ、よければもう一度保存してください。`,
    en: `${by} changed the settings while you were typing. Nothing has been saved. Compare with what stands there now, below, and save again if yours is right.`,
  });
}
