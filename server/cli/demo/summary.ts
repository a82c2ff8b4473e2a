import { answerText } from '../../domain/questionnaire/answer-text.ts';
import type { Questionnaire } from '../../domain/questionnaire/questionnaire.ts';
import { confidenceTerm, findingTerm, judgementTerm, legalTerm } from '../../domain/report/terms.ts';
import type { Evaluation } from '../../domain/scoring/evaluation.ts';

type Found = { files: readonly string[]; urls: readonly { ja: string; en: string; url: string }[] };

/** What the demo ends with: the result in words, where the files are, and where to look around. */
export function summaryOf(questionnaire: Questionnaire, evaluation: Evaluation, { files, urls }: Found): string {
  return [
    '',
    ...result(evaluation),
    '',
    '個人情報保護委員会の指摘事項との対照 / Compared with the regulator’s findings',
    ...findings(questionnaire, evaluation),
    '',
    ...legal(questionnaire, evaluation),
    '',
    '監査報告書 / Audit report',
    ...files.map((file) => `  ${file}`),
    ...(urls.length > 0
      ? ['', 'ご覧いただける画面 / Look around', ...urls.map(({ ja, en, url }) => `  ${ja} / ${en}\n    ${url}`)]
      : []),
    '',
  ].join('\n');
}

function result({ score, grade, coverage, judgement, issueCounts, asOf }: Evaluation): string[] {
  const { label } = judgementTerm(judgement);
  return [
    `総合判定 / Judgement   ${label.ja} / ${label.en}`,
    `点数・等級 / Score      ${score.toFixed(1)}　${grade}`,
    `回答率 / Coverage      ${coverage.toFixed(1)}%`,
    `指摘 / Issues          重大 major ${issueCounts.major}, 軽微 minor ${issueCounts.minor}, 観察 observation ${issueCounts.observation}, 要確認 to confirm ${issueCounts.toConfirm}`,
    `評価基準日 / As of      ${asOf}`,
  ];
}

function findings(questionnaire: Questionnaire, evaluation: Evaluation): string[] {
  const decided = (questionnaire.findings ?? []).map(({ id, title }) => {
    const { label, mark } = findingTerm(evaluation.findings[id] ?? 'unknown');
    return `  ${id}  ${mark} ${label.ja} / ${label.en}　${title.ja} / ${title.en}`;
  });
  const duties = questionnaire.customerDuties;
  const own = duties
    ? [`  ${duties.id}  － 委託元の自己点検 / the customer's own check　${duties.title.ja} / ${duties.title.en}`]
    : [];
  const observed = (questionnaire.observations ?? []).map(({ id, title, flag }) => {
    const words = evaluation[flag] ? '● 該当あり / observed' : '○ 該当なし / not observed';
    return `  ${id}  ${words}　${title.ja} / ${title.en}`;
  });
  return [...decided, ...own, ...observed];
}

function legal(questionnaire: Questionnaire, evaluation: Evaluation): string[] {
  if (!evaluation.legal) return [];
  const { code, confidence, claimMismatch } = evaluation.legal;
  const { label } = legalTerm(code);
  const sure = confidence
    ? `（確度 ${confidenceTerm(confidence).label.ja} / ${confidenceTerm(confidence).label.en}）`
    : '';
  const factors = evaluation.why.legalFactors.map(
    (factor) => `    ・${factor.label.ja} / ${factor.label.en}${because(questionnaire, evaluation, factor.restsOn)}`,
  );
  const mismatch = claimMismatch
    ? [`    ${questionnaire.legal?.claimMismatchText.ja ?? ''} / ${questionnaire.legal?.claimMismatchText.en ?? ''}`]
    : [];
  return [`法的判定 / Legal conclusion   ${label.ja} / ${label.en}${sure}`, ...factors, ...mismatch];
}

/** The answers a factor rests on, quoted. */
function because(questionnaire: Questionnaire, evaluation: Evaluation, questionIds: readonly string[]): string {
  const questions = questionnaire.sections.flatMap((section) => section.questions);
  const quoted = questionIds.flatMap((id) => {
    const question = questions.find((one) => one.id === id);
    const value = evaluation.why.questions.find((one) => one.id === id)?.answer?.value;
    return question && value !== undefined ? [`${id}「${answerText(question, value).ja}」`] : [];
  });
  return quoted.length > 0 ? `（${quoted.join('、')}）` : '';
}
