import { hasExpired, isReadable, scanCode } from '../../domain/assessment/evidence-file.ts';
import type { Subject } from './subjects.ts';

/** The files of one subject: what each is, whether it can be opened, and whether it still holds `asOf` (YYYY-MM-DD). */
export function evidenceFiles({ files }: Subject, { asOf, mayReview }: { asOf: string; mayReview: boolean }) {
  return files.map((file) => {
    const scan = scanCode(file);
    return {
      href: isReadable(file) ? `/evidence/${file.id}` : null,
      name: file.name,
      size: file.size,
      shortHash: `${file.sha256.slice(0, 12)}…`,
      uploadedAt: file.uploadedAt,
      effectiveOn: file.effectiveOn,
      expiresOn: file.expiresOn,
      expired: hasExpired(file.expiresOn, asOf),
      scan,
      scanHintKey: scan === 'clean' ? null : `evidence.reviewScanHint.${scan}`,
      found: file.scanDetail,
      scanAction: scan === 'failed' && mayReview ? `/evidence/${file.id}/scans` : null,
    };
  });
}
