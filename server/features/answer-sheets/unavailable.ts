import { AppError } from '../../errors.ts';
import type { Services } from '../../services.ts';

/**
 * Why there is no browser is for whoever runs the server, and goes to the log; a vendor is told how to go on. Resolves to the bytes,
 * or throws AppError 503 `pdf_unavailable`.
 */
export async function printed(services: Services, bytes: Promise<Uint8Array>): Promise<Uint8Array> {
  return bytes.catch((error: unknown) => {
    if (!(error instanceof AppError) || error.status !== 503) throw error;
    services.log.warn({ err: error }, 'a sheet for a vendor could not be printed');
    throw new AppError(
      503,
      'pdf_unavailable',
      {
        ja: 'ただ今、PDFを作成できません。数分待ってからもう一度お試しください。続く場合は、画面の内容をブラウザの印刷機能で保存いただくか、依頼元の担当者にご連絡ください。',
        en: 'The PDF cannot be made just now. Try again in a few minutes. If it goes on, save the page with your browser’s print function, or contact the requester.',
      },
      { cause: error },
    );
  });
}
