import { AppError } from '../../errors.ts';
import type { Enclose, Services } from '../../services.ts';
import { readSubmittedSheet } from './read-sheets.usecases.ts';
import { answerSheetName } from './sheet-names.ts';

/** Bytes; mail servers commonly take 20 to 25 MB, and base64 makes a third more of it. */
const LARGEST_ENCLOSURE = 10 * 1024 * 1024;

/**
 * Makes the copy of the answers that goes with the mail that says they have arrived. The mail matters more than the copy, which
 * waits on the vendor's page: whatever goes wrong with it, the mail leaves without. Rejects only when the server is stopping.
 */
export function encloseCopy(services: Services, largest = LARGEST_ENCLOSURE): Enclose {
  return async (organisationId, wanted) => {
    try {
      const sheet = await readSubmittedSheet(services, organisationId, wanted);
      const bytes = await services.sheets.answers(sheet, wanted.locale);
      if (bytes.byteLength > largest) return 'tooLarge';
      const content = Buffer.from(bytes).toString('base64');
      const name = answerSheetName(sheet, wanted.locale);
      return { name, mediaType: 'application/pdf', content, encoding: 'base64' };
    } catch (error) {
      if (error instanceof AppError && error.code === 'pdf_closed') throw error;
      services.log.warn(
        { err: error, assessment: wanted.assessmentId },
        'a receipt leaves without the copy of the answers',
      );
      return 'missing';
    }
  };
}
