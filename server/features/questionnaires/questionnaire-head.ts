import type { PublishedQuestionnaire } from '../../services.ts';

/** The published versions, as the list and the head of every page show them. */
export function questionnaireRows(published: readonly PublishedQuestionnaire[]) {
  return published.map(headView);
}

export function headView({ compiled, hash }: PublishedQuestionnaire) {
  const { questionnaire, questions } = compiled;
  const href = `/questionnaires/${questionnaire.id}/${questionnaire.version}`;
  return {
    id: questionnaire.id,
    version: questionnaire.version,
    href,
    scoringHref: `${href}/scoring`,
    title: questionnaire.title,
    description: questionnaire.description,
    forVendor: questionnaire.audience === 'vendor',
    questionCount: questions.length,
    sectionCount: questionnaire.sections.length,
    languages: questionnaire.languages.map((language) => languageWords[language]),
    minutes: questionnaire.estimatedMinutes ?? null,
    lawAsOf: questionnaire.lawAsOf ?? null,
    hash,
    shortHash: hash.slice(0, 12),
  };
}

const languageWords = { ja: { ja: '日本語', en: 'Japanese' }, en: { ja: '英語', en: 'English' } };
