/**
 * What the vendor keeps on paper, as data: the copy of its own answers (回答控え) and the blank questionnaire. Both name every member
 * that is printed: no score, no weight, nothing a reviewer wrote or decided.
 */
import type { Localized } from '../questionnaire/questionnaire.ts';

/** Who asks whom about what. `part`: whose part of the questions it is; '' for all of them. */
export type SheetHead = {
  readonly reference: string;
  readonly title: Localized;
  /** Version of the questionnaire. */
  readonly version: string;
  readonly customer: Localized;
  readonly vendor: Localized;
  readonly service: string;
  readonly part: string;
};

/** Moments are ISO 8601, days YYYY-MM-DD. */
export type AnswerSheet = SheetHead & {
  /** `draft`: not handed in, or not again yet. */
  readonly isDraft: boolean;
  readonly madeAt: string;
  /** Of the submission this is the copy of; null in a draft. */
  readonly submission: Submission | null;
  /** Every submission so far, up to this one; empty where there was one only. */
  readonly rounds: readonly SheetRound[];
  readonly questions: number;
  readonly answered: number;
  readonly sections: readonly AnsweredSheetSection[];
  readonly files: readonly SheetFile[];
};

export type Submission = {
  readonly round: number;
  readonly receiptNumber: string;
  readonly submittedAt: string;
  readonly attestedBy: { readonly name: string; readonly title: string };
  /** Why returned questions were handed in again as they were; '' where there is nothing to say. */
  readonly remark: string;
};
/** `changed`: ids of the questions answered differently than the time before; null in the first round. */
export type SheetRound = Submission & { readonly changed: readonly string[] | null };

export type AnsweredSheetSection = {
  readonly place: number;
  readonly title: Localized;
  readonly answered: number;
  readonly items: readonly AnsweredSheetItem[];
};

export type AnsweredSheetItem = {
  readonly id: string;
  readonly text: Localized;
  readonly isAnswered: boolean;
  /** Never empty. */
  readonly lines: readonly Localized[];
  /** Several options or records, one a line. */
  readonly isList: boolean;
  readonly naReason: string;
  readonly comment: string;
  readonly conditional: { readonly value: Localized; readonly condition: string } | null;
  readonly plan: { readonly by: string; readonly measure: string } | null;
  /** Why proof exists but cannot be shared. */
  readonly withheld: string;
  readonly files: readonly Pick<SheetFile, 'number' | 'name'>[];
  /** So much text that it may go on on the next page. */
  readonly isLong: boolean;
};

/** `record`: the certificate record it was given for, from 1; 0: for the question as a whole. */
export type SheetFile = {
  readonly number: number;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly questionId: string;
  readonly record: number;
  /** A virus was found and the file deleted. */
  readonly isInfected: boolean;
};

export type QuestionSheet = SheetHead & {
  readonly madeAt: string;
  /** Last day for submission. */
  readonly dueOn: string;
  /** Whom to ask. */
  readonly contact: { readonly name: string; readonly email: string };
  readonly questions: number;
  /** How many of them are asked after certain answers only. */
  readonly conditional: number;
  readonly sections: readonly {
    readonly place: number;
    readonly title: Localized;
    readonly description: Localized | null;
    readonly items: readonly QuestionSheetItem[];
  }[];
};

export type QuestionSheetItem = {
  readonly id: string;
  readonly text: Localized;
  readonly intent: Localized | null;
  readonly example: Localized | null;
  /** Under which answers it is asked; null: always. */
  readonly condition: Localized | null;
  /** Key of the words that say how it is answered. */
  readonly form: string;
  readonly unit: Localized | null;
  readonly choices: readonly Localized[];
  readonly takesNa: boolean;
  readonly naHint: Localized | null;
  /** Key of the words for how much evidence is wanted. */
  readonly evidence: string;
  readonly evidenceHint: Localized | null;
};
