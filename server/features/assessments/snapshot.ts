import type { Transaction } from '../../../db/client.ts';
import { type CompiledQuestionnaire, compile } from '../../domain/questionnaire/compile.ts';
import type { Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import { readAssessment } from './assessment-state.usecases.ts';

/** More than the versions in use at any time. */
const KEPT = 32;
const compiled = new Map<string, CompiledQuestionnaire>();

/**
 * The questionnaire as it was when the assessment was sent, ready to be asked and scored.
 * Assessments of one published version share it, because the same hash means the same words and rules.
 * Throws when the assessment is still a draft: a draft has no snapshot.
 */
export function compiledSnapshot(assessment: {
  questionnaireHash: string;
  questionnaire: Questionnaire | null;
}): CompiledQuestionnaire {
  const known = knownSnapshot(assessment.questionnaireHash);
  if (known) return known;
  if (!assessment.questionnaire) throw new Error('assessments: a draft has no snapshot of its questionnaire');
  const fresh = compile(assessment.questionnaire);
  for (const oldest of compiled.keys()) {
    if (compiled.size < KEPT) break;
    compiled.delete(oldest);
  }
  compiled.set(assessment.questionnaireHash, fresh);
  return fresh;
}

/** The same for an assessment whose questionnaire was not read along; it is read only when this process meets it first. */
export async function snapshotFor(
  db: Transaction,
  { organisationId, id, questionnaireHash }: { organisationId: string; id: string; questionnaireHash: string },
): Promise<CompiledQuestionnaire> {
  return knownSnapshot(questionnaireHash) ?? compiledSnapshot(await readAssessment(db, organisationId, id));
}

function knownSnapshot(questionnaireHash: string): CompiledQuestionnaire | undefined {
  const known = compiled.get(questionnaireHash);
  if (known) {
    compiled.delete(questionnaireHash);
    compiled.set(questionnaireHash, known);
  }
  return known;
}
