import { eventWords } from '../../domain/assessment/event-words.ts';
import type { InvalidField, Message } from '../../errors.ts';
import { fieldsOf, type PostedForm, textOf } from '../../plugins/forms.ts';
import type { Settings } from './organisation.store.ts';
import { settingsFields, tidySettings } from './settings.input.ts';
import type { OrganisationPage } from './settings.usecases.ts';

/** `typed`: what a refused form held. `clash`: somebody else was first; both texts are then shown. */
export type Refused = { typed?: PostedForm; errors?: readonly InvalidField[]; clash?: Message };

export function settingsView({ organisation, logo, changes }: OrganisationPage, refused: Refused = {}) {
  const { typed = formOf(organisation), errors = [], clash } = refused;
  return {
    errors: clash ? [{ path: '', message: clash }] : errors,
    fields: fieldsOf([...settingsFields, 'logo'], typed, errors),
    isEntrustee: textOf(typed, 'isEntrustee') === 'yes',
    // Only who has been shown both texts may overwrite: a form refused for another reason still rests on what it began with.
    revision: refused.typed && !clash ? textOf(typed, 'revision') : String(organisation.settingsRevision),
    differences: clash ? differences(organisation, typed) : [],
    latest: clash ? { at: organisation.settingsChangedAt, by: organisation.settingsChangedBy } : null,
    changes: changes.map(({ at, actorName, action, subject, details }) => ({
      at: at.toISOString(),
      by: actorName,
      words: eventWords(action, subject, details as Record<string, unknown>),
    })),
    logo: logo && {
      id: logo.id,
      src: `/organisation/logo/${logo.id}`,
      width: logo.width,
      height: logo.height,
      at: logo.uploadedAt,
      by: logo.uploadedBy,
    },
    customer: { ja: organisation.name, en: organisation.nameEn ?? organisation.name },
  };
}

function formOf(settings: Settings): Record<string, string> {
  return Object.fromEntries(settingsFields.map((field) => [field, typedAs(settings[field])]));
}

function typedAs(value: Settings[keyof Settings]): string {
  return typeof value === 'boolean' ? (value ? 'yes' : '') : (value ?? '');
}

/** What stands there now, where it is not what was typed. */
function differences(organisation: Settings, typed: PostedForm) {
  const meant = tidySettings(typed);
  return settingsFields
    .filter((field) => typedAs(organisation[field]) !== typedAs(meant[field]))
    .map((field) => ({
      id: field,
      labelKey: `organisation.${field}`,
      isChoice: field === 'isEntrustee',
      value: typedAs(organisation[field]),
    }));
}
