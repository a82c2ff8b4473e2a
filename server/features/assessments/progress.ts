import type { Answers, AnswerValue } from '../../domain/questionnaire/answer.ts';
import { type CompiledQuestionnaire, compile } from '../../domain/questionnaire/compile.ts';
import { progress, type SectionProgress } from '../../domain/questionnaire/progress.ts';
import type { Services } from '../../services.ts';
import type { Assessment } from './assessment-state.usecases.ts';

export type AnswerRow = { assessmentId: string; questionId: string; value: AnswerValue | null; naReason: string };
export type Progress = { answered: number; applicable: number; percent: number; sections: readonly SectionProgress[] };

/** How far the vendor has come: counts, never what it answered. */
export function progressOf(
  { questionnaires }: Services,
  assessment: Pick<Assessment, 'questionnaireId' | 'questionnaireVersion' | 'questionnaireHash' | 'questionnaire'>,
  rows: readonly AnswerRow[],
): Progress {
  const sections = progress(asSent(questionnaires, assessment), answersOf(rows));
  const answered = sections.reduce((sum, section) => sum + section.answered, 0);
  const applicable = sections.reduce((sum, section) => sum + section.applicable, 0);
  return { answered, applicable, percent: applicable === 0 ? 0 : Math.floor((answered / applicable) * 100), sections };
}

/** The same hash means the same questions, so the published version, compiled at start, serves; else the snapshot is compiled. */
function asSent(
  questionnaires: Services['questionnaires'],
  assessment: Pick<Assessment, 'questionnaireId' | 'questionnaireVersion' | 'questionnaireHash' | 'questionnaire'>,
): CompiledQuestionnaire {
  const published = questionnaires.list().find(({ hash }) => hash === assessment.questionnaireHash);
  if (published) return published.compiled;
  if (!assessment.questionnaire) throw new Error('assessments: a sent assessment has no snapshot');
  return compile(assessment.questionnaire);
}

function answersOf(rows: readonly AnswerRow[]): Answers {
  return Object.fromEntries(rows.map(({ questionId, value, naReason }) => [questionId, { value, naReason }]));
}
