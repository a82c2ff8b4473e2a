import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { respondentOf } from '../../plugins/access.ts';
import { sendFile, XLSX } from '../../plugins/send-file.ts';
import type { RespondentPrincipal } from '../../plugins/sessions.ts';
import type { Services } from '../../services.ts';
import { createUploadGate } from '../answers/evidence/upload-gate.ts';
import { perAssessment, perLink } from '../answers/link-limit.ts';
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

  app.get('/respond/questions.pdf', { config }, (request, reply) =>
    inTurn(request, reply, async (respondent) => {
      const sheet = await readQuestionSheet(services, respondent);
      const bytes = await printed(services, services.sheets.questions(sheet, request.locale));
      return { name: questionSheetName(sheet, request.locale), bytes };
    }),
  );

  app.get(
    '/respond/blank-workbook.xlsx',
    { config: { action: 'respond.answer', rateLimit: perAssessment(10) } },
    async (request, reply) => {
      const workbook = await exportWorkbook(services, respondentOf(request), request.locale, true);
      return sendFile(reply, XLSX, workbook);
    },
  );

  function sendAnswers(request: FastifyRequest, reply: FastifyReply, round?: number): Promise<FastifyReply> {
    return inTurn(request, reply, async (respondent) => {
      const sheet = await readAnswerSheet(services, respondent, round);
      const bytes = await printed(services, services.sheets.answers(sheet, request.locale));
      return { name: answerSheetName(sheet, request.locale), bytes };
    });
  }

  /** Whoever waits holds nothing in memory yet, and for whoever has left by then nothing is read or printed. */
  async function inTurn(
    request: FastifyRequest,
    reply: FastifyReply,
    make: (respondent: RespondentPrincipal) => Promise<{ name: string; bytes: Uint8Array }>,
  ): Promise<FastifyReply> {
    const respondent = respondentOf(request);
    const file = await gate.pass(respondent.assessmentId, async () => (reply.raw.destroyed ? null : make(respondent)));
    return file ? sendFile(reply, PDF, file) : reply.hijack();
  }
}
