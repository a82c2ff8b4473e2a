/** Advice in the reply to a save: every member is named, and there is none of scoring to name. */
import { type Static, Type } from 'typebox';
import type { Advice } from '../../../domain/advice/advice.ts';
import type { CompiledQuestionnaire } from '../../../domain/questionnaire/compile.ts';
import type { AdviceByQuestion } from './advice.usecases.ts';

const closed = { additionalProperties: false } as const;
const localized = Type.Object({ ja: Type.String(), en: Type.String() }, closed);

/** For each question of the section that has any; a question of the section that is not listed has none. */
export const sectionAdviceView = Type.Array(
  Type.Object(
    {
      questionId: Type.String(),
      items: Type.Array(
        Type.Object(
          {
            kind: Type.Enum(['finding', 'contradiction', 'shortcoming']),
            what: localized,
            findings: Type.Array(Type.Object({ code: Type.String(), title: localized, statement: localized }, closed)),
            mend: localized,
            related: Type.Array(Type.Object({ id: Type.String(), sectionId: Type.String() }, closed)),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
);
export type SectionAdvice = Static<typeof sectionAdviceView>;

/** Absent while advice is switched off. */
export function sectionAdviceOf(
  compiled: CompiledQuestionnaire,
  advice: AdviceByQuestion,
  sectionId: string,
): SectionAdvice | undefined {
  if (advice === null) return undefined;
  return compiled.questions
    .filter((one) => one.sectionId === sectionId)
    .flatMap(({ question }) => {
      const items = advice.get(question.id);
      return items ? [{ questionId: question.id, items: items.map((item) => itemOf(compiled, item)) }] : [];
    });
}

function itemOf({ byId }: CompiledQuestionnaire, { kind, what, findings, mend, related }: Advice) {
  return {
    kind,
    what,
    findings: findings.map(({ code, title, statement }) => ({ code, title, statement })),
    mend,
    related: related.map((id) => ({ id, sectionId: byId.get(id)?.sectionId ?? '' })),
  };
}
