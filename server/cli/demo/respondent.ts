import type { Answer } from '../../domain/questionnaire/answer.ts';
import { openBrowser } from './browser.ts';
import type { Progress } from './progress.ts';

export type Mailbox = { next(kind: string): Promise<{ text: string }> };
type Case = { asOf: string; answers: Record<string, Answer> };

/** Plays the vendor, over HTTP and through the routes a vendor uses: link, code, answers, evidence, submission. */
export async function answerAsVendor(
  origin: string,
  mailbox: Mailbox,
  given: Case,
  say: Progress,
): Promise<{ link: string }> {
  const link = await readLink(mailbox);
  const browser = openBrowser(origin);
  await browser.post('/v/start', { token: link.slice(link.indexOf('#') + 1) });
  const code = await readCode(mailbox);
  await browser.post('/v/code', { code });
  say('回答者が、メールのリンクと確認コードで入りました', 'the vendor has come in by the mailed link and code');
  const evidenced = await questionsWithEvidence(browser);
  const answers = Object.entries(given.answers);
  for (const [index, [questionId, answer]] of answers.entries()) {
    await browser.put(`/api/respond/answers/${questionId}`, { revision: 0, value: answer.value });
    if (evidenced.has(questionId) && answer.evidence !== 'none') await upload(browser, questionId);
    say.count(index + 1, answers.length);
  }
  say('回答と証跡を保存しました', 'answers and evidence are saved');
  await submit(browser);
  return { link };
}

async function readLink(mailbox: Mailbox): Promise<string> {
  const { text } = await mailbox.next('invitation');
  const link = /https?:\/\/\S+\/v#\S+/.exec(text)?.[0];
  if (!link) throw new Error('the invitation holds no link');
  return link;
}

async function readCode(mailbox: Mailbox): Promise<string> {
  const { text } = await mailbox.next('code');
  const code = /\b(\d{4}) ?(\d{4})\b/.exec(text);
  if (!code) throw new Error('the mail holds no code');
  return `${code[1]}${code[2]}`;
}

type AssessmentView = {
  questionnaire: { sections: { questions: { id: string; type: string; evidence: { level: string } }[] }[] };
};

async function questionsWithEvidence(browser: ReturnType<typeof openBrowser>): Promise<Set<string>> {
  const view = (await (await browser.get('/api/respond/assessment')).json()) as AssessmentView;
  const questions = view.questionnaire.sections.flatMap((section) => section.questions);
  return new Set(
    questions.filter(({ type, evidence }) => evidence.level !== 'none' && type !== 'certificates').map(({ id }) => id),
  );
}

async function upload(browser: ReturnType<typeof openBrowser>, questionId: string): Promise<void> {
  const content = `${questionId} の証跡（デモ用）\n公表資料に基づき再現した回答です。実際の社内資料ではありません。\n`;
  await browser.upload(
    '/api/respond/evidence',
    { subject: questionId },
    { name: `${questionId}_公表資料の要約.txt`, type: 'text/plain', content },
  );
}

async function submit(browser: ReturnType<typeof openBrowser>): Promise<void> {
  await browser.get('/respond/check');
  await browser.post('/respond/submission', {
    name: '再現 太郎',
    title: '情報セキュリティ責任者',
    attested: 'yes',
    unanswered: 'yes',
  });
}
