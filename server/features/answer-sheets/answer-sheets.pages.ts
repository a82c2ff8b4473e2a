import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { sendFile, XLSX } from '../../plugins/send-file.ts';
import type { Services } from '../../services.ts';
import { createUploadGate } from '../answers/evidence/upload-gate.ts';
import { perLink } from '../answers/link-limit.ts';
import { exportWorkbook } from '../workbooks/export.usecases.ts';
import { readAnswerSheet, readQuestionSheet } from './read-sheets.usecases.ts';
import { answerSheetName, questionSheetName } from './sheet-names.ts';
import { printed } from './unavailable.ts';

const PDF = 'application/pdf';
const params = Type.Object({ round: Type.String({ pattern: '^[1-9]\\d{0,3}$' }) }, { additionalProperties: false });

/** What the vendor keeps on paper: the copy or draft of its own answers, and the blank questionnaire. */
export async function answerSheetPages(app: FastifyInstance, { services }: { services: Services }): Promise<void> {
  const config = { action: 'respond.print', rateLimit: perLink(20) } as const;
  // Printing has few places: one request and all its colleagues take one of them.
  const gate = createUploadGate(1);

  app.get('/respond/answers.pdf', { config }, (request, reply) => sendAnswers(request, reply));

  app.get<{ Params: { round: string } }>(
    '/respond/rounds/:round/answers.pdf',
    { config, schema: { params } },
    (request, reply) => sendAnswers(request, reply, Number(request.params.round)),
  );

  app.get('/respond/questions.pdf', { config }, async (request, reply) => {
    const { locale } = request;
    const respondent = respondentOf(request);
    const sheet = await readQuestionSheet(services, respondent);
    const bytes = await gate.pass(respondent.assessmentId, () =>
      printed(services, services.sheets.questions(sheet, locale)),
    );
    return sendFile(reply, PDF, { name: questionSheetName(sheet, locale), bytes });
  });

  app.get(
    '/respond/blank-workbook.xlsx',
    { config: { action: 'respond.answer', rateLimit: perLink(30) } },
    async (request, reply) => {
      const workbook = await exportWorkbook(services, respondentOf(request), request.locale, true);
      return sendFile(reply, XLSX, workbook);
    },
  );

  async function sendAnswers(request: FastifyRequest, reply: FastifyReply, round?: number): Promise<FastifyReply> {
    const { locale } = request;
    const respondent = respondentOf(request);
    const sheet = await readAnswerSheet(services, respondent, round);
    const bytes = await gate.pass(respondent.assessmentId, () =>
      printed(services, services.sheets.answers(sheet, locale)),
    );
    return sendFile(reply, PDF, { name: answerSheetName(sheet, locale), bytes });
  }
}
