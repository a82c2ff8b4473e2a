import { isCorporateNumber, readCorporateNumber } from '../../domain/assessment/corporate-number.ts';
import { oneLine, paragraphs } from '../../domain/assessment/typed-input.ts';
import type { InvalidField } from '../../errors.ts';
import { type PostedForm, textOf } from '../../plugins/forms.ts';

export type VendorInput = {
  name: string;
  nameEn: string | null;
  /** 法人番号, 13 digits. */
  corporateNumber: string | null;
  address: string | null;
  note: string;
};

export const vendorFields = ['name', 'nameEn', 'corporateNumber', 'address', 'note'] as const;

export function vendorFromForm(form: PostedForm): VendorInput {
  return {
    name: textOf(form, 'name'),
    nameEn: textOf(form, 'nameEn'),
    corporateNumber: textOf(form, 'corporateNumber'),
    address: textOf(form, 'address'),
    note: textOf(form, 'note'),
  };
}

/** Spaces, full-width digits and the like set right; blank becomes null where nothing is a value. */
export function tidyVendor(input: VendorInput): VendorInput {
  return {
    name: oneLine(input.name),
    nameEn: oneLine(input.nameEn ?? '') || null,
    corporateNumber: readCorporateNumber(input.corporateNumber ?? '') || null,
    address: oneLine(input.address ?? '') || null,
    note: paragraphs(input.note),
  };
}

/** Everything wrong with a tidied vendor, in the order of the form. */
export function vendorProblems(vendor: VendorInput): InvalidField[] {
  const problems: InvalidField[] = [];
  if (vendor.name === '') {
    problems.push(problem('name', '委託先の名称を入力してください。', 'Enter the name of the vendor.'));
  }
  const limits = { name: 200, nameEn: 200, address: 300, note: 4_000 } as const;
  for (const [field, limit] of Object.entries(limits) as [keyof typeof limits, number][]) {
    const length = [...(vendor[field] ?? '')].length;
    if (length > limit) problems.push(tooLong(field, limit, length));
  }
  if (vendor.corporateNumber !== null && !isCorporateNumber(vendor.corporateNumber)) {
    problems.push(wrongNumber(vendor.corporateNumber));
  }
  return problems;
}

export function tooLong(path: string, limit: number, length: number): InvalidField {
  return problem(
    path,
    `${limit.toLocaleString('ja')}文字以内にしてください（現在${length.toLocaleString('ja')}文字）。`,
    `Shorten this to ${limit.toLocaleString('en')} characters (now ${length.toLocaleString('en')}).`,
  );
}

export function problem(path: string, ja: string, en: string): InvalidField {
  return { path, message: { ja, en } };
}

function wrongNumber(typed: string): InvalidField {
  return /^\d{13}$/.test(typed)
    ? problem(
        'corporateNumber',
        '法人番号の検査数字が合いません。13桁の数字を確かめて入力し直してください。',
        'The check digit does not match. Check the 13 digits and enter them again.',
      )
    : problem(
        'corporateNumber',
        '法人番号は13桁の数字で入力してください。分からないときは空欄のままにしてください。',
        'Enter the 13 digits of the corporate number, or leave it empty.',
      );
}
