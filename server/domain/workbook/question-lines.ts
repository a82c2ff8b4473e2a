/** The rows of one question, cell by cell. */
import { takesCondition, takesPlan } from '../questionnaire/add-ons.ts';
import type { CompiledQuestion } from '../questionnaire/compile.ts';
import { isRequired } from '../questionnaire/progress.ts';
import type { Question } from '../questionnaire/questionnaire.ts';
import { answerCell, conditionalCell } from './answer-cells.ts';
import type { Cell } from './book.ts';
import type { ChoiceLists } from './choice-lists.ts';
import { type Content, type ExportInput, nothing } from './content.ts';
import { type SectionColumn, sectionColumns, words } from './words.ts';

export type Cells = Partial<Record<SectionColumn, Cell>>;
/** `options`: how many option rows follow. `applies`: with the present answers. */
export type Line = { cells: Cells; isQuestion: boolean; applies: boolean; options: number };

export function linesOf(input: ExportInput, asked: CompiledQuestion, lists: ChoiceLists): Line[] {
  const { question } = asked;
  const { locale } = input;
  const content = input.answers.get(question.id) ?? nothing;
  const chosen = new Set(Array.isArray(content.value) ? content.value : []);
  const applies = input.shown.has(question.id);
  const options = question.type === 'multi' ? (question.options ?? []) : [];
  const main: Line = {
    cells: mainCells(input, asked, content, lists),
    isQuestion: true,
    applies,
    options: options.length,
  };
  return [
    main,
    ...options.map(({ value, label }): Line => {
      const answer: Cell = {
        value: chosen.has(value) ? words.tick[locale] : null,
        look: 'choice',
        list: lists.range([words.tick[locale]]),
      };
      const cells: Cells = {
        ...blanks('text'),
        number: { value: question.id, look: 'muted' },
        question: { value: label[locale], look: 'option' },
        answer,
        id: { value: `${question.id}:${value}`, look: 'code' },
      };
      return { cells, isQuestion: false, applies, options: 0 };
    }),
  ];
}

function mainCells(input: ExportInput, asked: CompiledQuestion, content: Content, lists: ChoiceLists): Cells {
  const { question } = asked;
  const { locale } = input;
  const none: Cell = { value: words.nothing[locale], look: 'muted' };
  const typed = (value: string): Cell => ({ value: value || null, look: 'answer', format: 'text' });
  const { plan, conditional } = content;
  return {
    number: { value: question.id, look: 'key' },
    question: { value: question.text[locale], look: 'text' },
    about: { value: aboutText(question, input), look: 'muted' },
    answer: answerCell(question, content.value, { locale, lists }),
    naReason: question.notApplicable ? typed(content.naReason) : none,
    comment: typed(content.comment),
    conditional: takesCondition(question)
      ? conditionalCell(question, conditional?.value ?? null, { locale, lists })
      : none,
    condition: takesCondition(question) ? typed(conditional?.condition ?? '') : none,
    planBy: takesPlan(question) ? { value: plan?.by ?? null, look: 'answer', format: 'date' } : none,
    planMeasure: takesPlan(question) ? typed(plan?.measure ?? '') : none,
    evidence: { value: evidenceText(question, input), look: 'muted' },
    need: { value: needText(input, asked), look: 'muted' },
    id: { value: question.id, look: 'code' },
  };
}

function blanks(look: 'text'): Cells {
  return Object.fromEntries(Object.keys(sectionColumns).map((column) => [column, { value: null, look }]));
}

function aboutText({ intent, example }: Question, { locale }: ExportInput): string {
  const lead = { ja: '例：', en: 'Example: ' }[locale];
  return [intent?.[locale], example && `${lead}${example[locale]}`].filter(Boolean).join('\n');
}

function evidenceText({ id, evidence }: Question, { locale, files }: ExportInput): string {
  const attached = files.get(id) ?? [];
  if (attached.length > 0) return attached.join('\n');
  if (evidence.level === 'none') return '';
  const level = {
    required: { ja: '提出をお願いします', en: 'Please attach' },
    recommended: { ja: 'あれば添付', en: 'If you have it' },
  }[evidence.level][locale];
  return [level, evidence.hint?.[locale]].filter(Boolean).join('\n');
}

function needText({ locale, shown }: ExportInput, { question, showWhen }: CompiledQuestion): string {
  const needed = (showWhen?.dependsOn ?? []).map((one) => one.question.id).join(', ');
  const condition = { ja: `${needed} の回答による`, en: `Depends on ${needed}` }[locale];
  return [
    words[isRequired(question) ? 'required' : 'optional'][locale],
    needed && condition,
    shown.has(question.id) ? '' : words.notNow[locale],
  ]
    .filter(Boolean)
    .join('\n');
}
