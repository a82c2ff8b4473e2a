import type { Localized } from '../questionnaire/questionnaire.ts';
import { evidenceOf, type Source } from './source.ts';
import { type EvidenceCode, evidenceTerm, type Term } from './terms.ts';

/** Part 3. */
export type Scope = {
  readonly questionnaire: { readonly title: Localized; readonly description: Localized };
  readonly lawAsOf: { readonly date: string; readonly note: Localized } | null;
  readonly methods: readonly { readonly method: Localized; readonly done: boolean }[];
  readonly independence: string | null;
  readonly sentAt: string | null;
  readonly submittedAt: string | null;
  readonly finalisedAt: string | null;
  readonly dueOn: string | null;
  readonly counts: Readonly<
    Record<'total' | 'asked' | 'answered' | 'unknown' | 'unanswered' | 'na' | 'invalidNa' | 'hidden', number>
  >;
  /** How much of the applicable weight rests on what; percentages add up to 100 but for rounding. */
  readonly assurance: readonly {
    readonly evidence: Term<EvidenceCode | 'open'>;
    readonly questions: number;
    readonly percent: number;
  }[];
};

export function buildScope(source: Source): Scope {
  const { questionnaire, assessment, independence, furtherMethods } = source.input;
  const states = [...source.results.values()].map((result) => result.state);
  const count = (state: string) => states.filter((one) => one === state).length;
  return {
    questionnaire: { title: questionnaire.title, description: questionnaire.description },
    lawAsOf: questionnaire.lawAsOf ?? null,
    methods: [
      { method: { ja: '質問票による書面確認', en: 'Written questionnaire' }, done: true },
      { method: { ja: '提示された証跡の閲覧', en: 'Review of the evidence presented' }, done: looked(source) },
      { method: { ja: 'ヒアリング', en: 'Interview' }, done: furtherMethods?.includes('interview') ?? false },
      { method: { ja: '実地確認', en: 'On-site visit' }, done: furtherMethods?.includes('onSite') ?? false },
      { method: { ja: '侵入試験等の技術的検証', en: 'Technical testing such as penetration tests' }, done: false },
    ],
    independence: independence ?? null,
    sentAt: assessment?.sentAt ?? null,
    submittedAt: assessment?.submittedAt ?? null,
    finalisedAt: assessment?.finalisedAt ?? null,
    dueOn: assessment?.dueOn ?? null,
    counts: {
      total: states.length,
      asked: states.length - count('hidden'),
      answered: count('answered'),
      unknown: count('unknown'),
      unanswered: count('unanswered'),
      na: count('na'),
      invalidNa: count('invalidNa'),
      hidden: count('hidden'),
    },
    assurance: assurance(source),
  };
}

/** True when a reviewer settled the evidence of at least one answer. */
function looked({ results }: Source): boolean {
  return [...results.values()].some(
    (one) => one.answer?.evidence === 'verified' || one.answer?.evidence === 'rejected',
  );
}

const ORDER = ['verified', 'attached', 'none', 'missing', 'rejected', 'open'] as const;

/** Self-declared and verified answers kept apart, by weight, over the questions that count. */
function assurance({ input, questions, results }: Source): Scope['assurance'] {
  const counted = input.evaluation.why.questions.flatMap((result) => {
    const question = questions.get(result.id)?.question;
    if (!question || result.weight === 0 || result.state === 'hidden' || result.state === 'na') return [];
    const code = result.state === 'answered' ? evidenceOf(question, results.get(result.id)).code : 'open';
    return [{ code, weight: result.weight }];
  });
  const total = counted.reduce((sum, one) => sum + one.weight, 0);
  return ORDER.map((code) => {
    const own = counted.filter((one) => one.code === code);
    const weight = own.reduce((sum, one) => sum + one.weight, 0);
    return {
      evidence: assuranceTerm(code),
      questions: own.length,
      percent: total === 0 ? 0 : Math.round((weight / total) * 1000) / 10,
    };
  });
}

function assuranceTerm(code: (typeof ORDER)[number]): Term<EvidenceCode | 'open'> {
  if (code !== 'open') return evidenceTerm(code);
  return { code, label: { ja: '未回答・不明', en: 'Not answered or unknown' }, mark: '？' };
}
