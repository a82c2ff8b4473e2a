import type { Localized } from '../questionnaire/questionnaire.ts';
import type { Issue } from '../scoring/evaluation.ts';
import type { Source } from './source.ts';

/** What an issue does to the judgement and to the score: facts of the scoring, no guess about damage. */
export function impactOf(source: Source, { ref, severity }: Issue): Localized {
  const asked = source.questions.get(ref)?.question;
  if (asked) return questionImpact(source, ref, asked.finding);
  if (source.input.evaluation.knockouts.includes(ref)) {
    return {
      ja: '足切り事項に該当し、総合判定は不適合となる。',
      en: 'A knock-out: the overall judgement is non-conforming.',
    };
  }
  if (source.input.questionnaire.findings?.some((one) => one.id === ref)) {
    return severity === 'toConfirm'
      ? {
          ja: '確認できるまで総合判定は適合とならない。',
          en: 'Until confirmed, the overall judgement cannot be conforming.',
        }
      : { ja: '総合判定は適合とならない。', en: 'The overall judgement cannot be conforming.' };
  }
  if (source.input.evaluation.why.certificates.some((one) => one.ref === ref)) {
    return {
      ja: '認証としての得点に全部または一部が算入されない。',
      en: 'The certificate counts only in part or not at all.',
    };
  }
  return {
    ja: '委託先の監督と漏えい等報告の分担が定まらない。',
    en: 'Who supervises and who reports a breach is not settled.',
  };
}

function questionImpact(source: Source, ref: string, findingId: string | undefined): Localized {
  const { evaluation, questionnaire } = source.input;
  const points = pointsLost(source, ref);
  const lost: Localized =
    points > 0
      ? {
          ja: `総合点を${points.toFixed(1)}点下げている（上限適用前）。`,
          en: `Costs ${points.toFixed(1)} points overall (before any cap).`,
        }
      : { ja: '総合点への影響はない。', en: 'No effect on the overall score.' };
  if (!findingId || !evaluation.knockouts.includes(findingId)) return lost;
  const title = questionnaire.findings?.find((one) => one.id === findingId)?.title;
  return {
    ja: `「${title?.ja ?? findingId}」の不適合に関わる。${lost.ja}`,
    en: `Bears on the failed finding "${title?.en ?? findingId}". ${lost.en}`,
  };
}

/** Share of the overall 100 points that the question did not reach, in points. */
export function pointsLost({ input, questions, results }: Source, id: string): number {
  const { sections } = input.evaluation.why;
  const result = results.get(id);
  const section = sections.find((one) => one.id === questions.get(id)?.section.id);
  if (!result || !section || section.score === null || section.applicableWeight === 0) return 0;
  const total = sections.reduce((sum, one) => sum + (one.score === null ? 0 : one.weight), 0);
  const missed = result.weight * (1 - (result.score ?? 1));
  return total === 0 ? 0 : (section.weight / total) * (missed / section.applicableWeight) * 100;
}
