import type { QuestionResult } from '../../domain/scoring/evaluation.ts';
import { fellShort } from '../../domain/scoring/falls-short.ts';
import type { AssessmentUnderReview } from './reviews.usecases.ts';
import { isOpen, type Subject } from './subjects.ts';

/** One question that applies, with its certificate records if it asks for them. */
export type ReviewItem = {
  question: Subject['question'];
  sectionId: string;
  subjects: readonly [Subject, ...Subject[]];
  result: QuestionResult;
  comment: string;
  naReason: string;
  /** Why proof cannot be shared, and how it may be seen instead. */
  withheld: string;
  /** Answer or files differ from the round before. */
  isChanged: boolean;
  /** Does not fit another answer. */
  isContradicted: boolean;
  /** Returned to open this round, or marked to be returned. */
  isReturned: boolean;
};

/** What reviewers look for, in the order in which they usually work. */
const holds = {
  unreviewed: ({ subjects }) => subjects.some(isOpen),
  changed: ({ isChanged }) => isChanged,
  returned: ({ isReturned }) => isReturned,
  failing: ({ result }) => result.fails,
  contradicted: ({ isContradicted }) => isContradicted,
  toConfirm: ({ result }) => isToConfirm(result),
  unsettled: ({ result }) => Boolean(result.answer?.conditional),
  planned: ({ result }) => Boolean(result.answer?.plan) && fellShort(result),
  noEvidence: ({ question, subjects, result }) =>
    question.evidence.level === 'required' &&
    result.state === 'answered' &&
    subjects.some(({ takesEvidence, state }) => takesEvidence && state === 'none'),
  withheld: ({ withheld }) => withheld !== '',
  rejected: ({ subjects }) => subjects.some(({ state, review }) => state === 'rejected' || review?.naRejected),
  notApplicable: ({ subjects }) => subjects[0].isNa,
  commented: ({ comment }) => comment !== '',
  all: () => true,
} satisfies Record<string, (item: ReviewItem) => boolean | undefined>;

export type Filter = keyof typeof holds;
export const filters = Object.keys(holds) as Filter[];

export function isFilter(text: string | undefined): text is Filter {
  return text !== undefined && Object.hasOwn(holds, text);
}

export function matching(items: readonly ReviewItem[], filter: Filter): ReviewItem[] {
  return items.filter((item) => holds[filter](item));
}

/** Nothing was said that could be scored. */
export function isToConfirm({ state }: QuestionResult): boolean {
  return state === 'unknown' || state === 'unanswered' || state === 'invalidNa';
}

/** Every question that applies, in the order of the questionnaire. */
export function reviewItems(work: AssessmentUnderReview): ReviewItem[] {
  const { subjects, evaluation, collected, round } = work;
  const contradicted = new Set(work.contradictions.map(({ questionId }) => questionId));
  const results = new Map(evaluation.why.questions.map((result) => [result.id, result]));
  const rows = new Map(collected.rows.map((row) => [row.questionId, row]));
  return subjects.flatMap((subject) => {
    const { question, sectionId } = subject;
    const result = results.get(question.id);
    if (subject.record !== null || !result || result.visibility === 'hidden') return [];
    const records = subjects.filter((one) => one.question === question && one.record !== null);
    const { comment = '', naReason = '', withheld = '' } = rows.get(question.id) ?? {};
    const isChanged = round.changes.has(question.id);
    const isReturned = round.returned.has(question.id) || round.flagged.has(question.id);
    const isContradicted = contradicted.has(question.id);
    const own = [subject, ...records] as const;
    return [
      {
        question,
        sectionId,
        subjects: own,
        result,
        comment,
        naReason,
        withheld,
        isChanged,
        isContradicted,
        isReturned,
      },
    ];
  });
}
