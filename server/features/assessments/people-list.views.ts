import type { readOverview } from './overview.usecases.ts';

type Overview = Awaited<ReturnType<typeof readOverview>>;

/** The people at the vendor who take part, and in what: names, never how to reach them. Empty until somebody was invited. */
export function peopleView({ people, questionnaire }: Pick<Overview, 'people' | 'questionnaire'>) {
  if (!people.some(({ role }) => role !== 'respondent')) return [];
  return people
    .filter(({ revokedAt }) => revokedAt === null)
    .map(({ name, role, scope, dueOn }) => ({
      name,
      roleKey: `people.role.${role}`,
      dueOn,
      part:
        role === 'contributor'
          ? {
              isWhole: scope === null,
              sections: questionnaire.sections
                .filter(({ id }) => scope?.sections.includes(id))
                .map(({ title }) => title),
              questions: (scope?.questions ?? []).join('、'),
            }
          : null,
    }));
}
