import type { LinkScope } from '../../db/schema/respondents.ts';
import type { RespondentRole, Role } from '../domain/assessment/permissions.ts';

/** Who asks a vendor, for the head of its pages; `en` is the Japanese name where there is no English one. */
export type Asker = {
  name: { ja: string; en: string };
  logo: { id: string; width: number; height: number } | null;
};

/** One row of the database function `open_session`; what belongs to the other kind of session is null. */
export type OpenedSession = {
  organisation_id: string;
  kind: 'member' | 'respondent';
  last_seen_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  member_id: string | null;
  member_name: string;
  member_role: Exclude<Role, RespondentRole>;
  member_disabled_at: Date | null;
  link_id: string | null;
  link_name: string;
  link_email: string;
  link_role: RespondentRole;
  link_scope: LinkScope | null;
  link_revoked_at: Date | null;
  assessment_id: string | null;
  asker_name: string | null;
  asker_name_en: string | null;
  logo_id: string | null;
  logo_width: number | null;
  logo_height: number | null;
};

export function askerOf({ asker_name, asker_name_en, logo_id, logo_width, logo_height }: OpenedSession): Asker {
  const ja = asker_name ?? '';
  return {
    name: { ja, en: asker_name_en || ja },
    logo: logo_id ? { id: logo_id, width: logo_width ?? 0, height: logo_height ?? 0 } : null,
  };
}
