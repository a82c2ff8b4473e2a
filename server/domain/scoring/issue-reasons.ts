/** The sentences of issues, for people who were not there when the answer was given. */
import { answerText } from '../questionnaire/answer-text.ts';
import type { CertificateKind, Finding, Localized, Question } from '../questionnaire/questionnaire.ts';
import type { FindingResult, QuestionResult } from './evaluation.ts';

const MISSING: Localized = {
  ja: '必須の証跡が提出されていない。',
  en: 'The required evidence has not been submitted.',
};

export function rejectedReason(
  question: Question,
  result: QuestionResult,
  kinds: readonly CertificateKind[],
): Localized {
  const answer = answerText(question, result.answer?.value, kinds);
  return {
    ja: `提出された証跡が、回答「${answer.ja}」と矛盾すると確認された。`,
    en: `The evidence was found to contradict the answer "${answer.en}".`,
  };
}

/** `finding`: the regulator's finding the answer decides, where that finding is `fail`. */
export function failingReason(
  question: Question,
  result: QuestionResult,
  kinds: readonly CertificateKind[],
  finding: Finding | undefined,
): Localized {
  const answer = answerText(question, result.answer?.value, kinds);
  if (finding !== undefined) {
    return {
      ja: `回答「${answer.ja}」は、「${finding.title.ja}」に関する個人情報保護委員会の指摘に相当する。`,
      en: `The answer "${answer.en}" amounts to the regulator's finding on ${finding.title.en}.`,
    };
  }
  return {
    ja: `回答「${answer.ja}」は、求められる水準に達していない。`,
    en: `The answer "${answer.en}" falls short of what is required.`,
  };
}

export function lowScoreReason(
  question: Question,
  result: QuestionResult,
  kinds: readonly CertificateKind[],
): Localized {
  const answer = answerText(question, result.answer?.value, kinds);
  return {
    ja: `回答「${answer.ja}」には改善の余地がある。`,
    en: `The answer "${answer.en}" leaves room for improvement.`,
  };
}

const opened = new WeakMap<Localized, Localized>();

export function openReason({ reason }: QuestionResult): Localized {
  const known = opened.get(reason);
  if (known !== undefined) return known;
  const written = { ja: `${because(reason.ja)}、確認が必要である。`, en: `${reason.en}; this has to be confirmed.` };
  opened.set(reason, written);
  return written;
}

/** 「…ため」 after a verb, 「…のため」 after a noun. */
function because(reason: string): string {
  return reason.endsWith('た') ? `${reason}ため` : `${reason}のため`;
}

export function missingReason(): Localized {
  return MISSING;
}

export function findingReason(finding: Finding, result: FindingResult): Localized {
  return { ja: `${finding.title.ja}：${result.reason.ja}`, en: `${finding.title.en}: ${result.reason.en}` };
}
