import type { Transaction } from '../../../db/client.ts';
import { shownToRespondent } from '../../domain/questionnaire/visibility.ts';
import { answerParts, canonical } from '../../domain/round/compare.ts';
import { answersOf, type SubmittedAnswer, type SubmittedFile } from '../../domain/round/submitted.ts';
import type { Assessment } from '../assessments/assessment-state.usecases.ts';
import { compiledSnapshot } from '../assessments/snapshot.ts';
import { type Actor, recordEvent } from '../audit/audit.store.ts';
import {
  type GivenAnswer,
  type GivenFile,
  listGivenAnswers,
  listGivenFiles,
  putAnswer,
  putFile,
} from './given.store.ts';
import type { Round } from './rounds.store.ts';

type By = { actor: Actor; at: Date };
type Content = Pick<GivenAnswer, (typeof answerParts)[number]>;

/** Makes answers and files those of `last`, each change with its audit event. */
export async function putBack(db: Transaction, assessment: Assessment, last: Round, by: By): Promise<void> {
  const applied = shownToRespondent(compiledSnapshot(assessment), answersOf(last.answers));
  for (const row of await listGivenAnswers(db, assessment.organisationId, assessment.id)) {
    if (applied.has(row.questionId)) await putAnswerBack(db, row, last.answers[row.questionId], by);
  }
  const places = new Map(
    Object.values(last.answers).flatMap(({ evidence }) => evidence.map((file) => [file.id, file] as const)),
  );
  for (const file of await listGivenFiles(db, assessment.organisationId, assessment.id)) {
    await putFileBack(db, file, places.get(file.id), last.submittedAt, by);
  }
}

async function putAnswerBack(db: Transaction, row: GivenAnswer, kept: SubmittedAnswer | undefined, { actor, at }: By) {
  const [from, to] = [contentOf(row), kept ? contentOf(kept) : blank];
  if (canonical(from) === canonical(to)) return;
  const author = kept ? { updatedAt: new Date(kept.updatedAt), updatedBy: kept.updatedBy || row.updatedBy } : {};
  await putAnswer(db, { ...row, ...to, ...author });
  const { organisationId, assessmentId, questionId, revision } = row;
  await recordEvent(db, {
    ...{ organisationId, assessmentId, at, actor, action: 'answer.restored', subject: questionId },
    details: { revision: revision + 1, from, to },
  });
}

/** What was handed in comes back to its place with its dates; what came later goes. A file with a virus in it stays away. */
async function putFileBack(
  db: Transaction,
  file: GivenFile,
  kept: SubmittedFile | undefined,
  handedInAt: Date,
  by: By,
) {
  const { organisationId, assessmentId, name, sha256, removedAt, scanState } = file;
  const before = { ...file, ...kept };
  const parts = ['subject', 'effectiveOn', 'expiresOn'] as const;
  const differs = removedAt !== null || parts.some((part) => file[part] !== before[part]);
  const comesBack = kept !== undefined && differs && scanState !== 'infected';
  const goes = kept === undefined && removedAt === null && file.uploadedAt > handedInAt;
  if (!comesBack && !goes) return;
  await putFile(db, { ...before, removedAt: goes ? by.at : null });
  await recordEvent(db, {
    ...{ organisationId, assessmentId, at: by.at, actor: by.actor, subject: before.subject },
    action: goes ? 'evidence.removed' : 'evidence.restored',
    details: { name, sha256 },
  });
}

const blank: Content = { value: null, naReason: '', plan: null, conditional: null, comment: '', withheld: '' };

function contentOf(answer: Content): Content {
  return Object.fromEntries(answerParts.map((part) => [part, answer[part]])) as Content;
}
