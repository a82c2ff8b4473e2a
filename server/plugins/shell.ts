import type { FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';

const styles = ['tokens.css', 'kantoku.css', 'forms.css', 'components.css'];
const menu = [
  { href: '/assessments', key: 'shell.assessments', owner: false },
  { href: '/vendors', key: 'shell.vendors', owner: false },
  { href: '/questionnaires', key: 'shell.questionnaires', owner: false },
  { href: '/reports', key: 'shell.reports', owner: false },
  { href: '/members', key: 'shell.members', owner: true },
];

/** What templates/layouts/base.hbs shows around a page: who is signed in, where one is, the languages, the outcome of the last form. */
export function shellOf(request: FastifyRequest, services: Services, model: Record<string, unknown>) {
  const { principal } = request;
  const [path = '/', query = ''] = request.url.split('?');
  const member = principal?.kind === 'member' ? principal : null;
  return {
    styles: [...styles, ...assetsOf(model.styles)],
    scripts: assetsOf(model.scripts),
    account: principal ? { name: principal.name } : null,
    member: member ? { name: member.name, role: member.role, isOwner: member.role === 'owner' } : null,
    asker: principal?.kind === 'respondent' && principal.asker?.logo ? principal.asker : null,
    home: member ? '/assessments' : principal ? '/respond' : '/',
    items: menu
      .filter(({ owner }) => !owner || member?.role === 'owner')
      .map((item) => ({ ...item, here: path === item.href || path.startsWith(`${item.href}/`) })),
    onAccount: path === '/account',
    languages: [
      { code: 'ja', label: '日本語', href: inLanguage(path, query, 'ja'), current: request.locale === 'ja' },
      { code: 'en', label: 'English', href: inLanguage(path, query, 'en'), current: request.locale === 'en' },
    ],
    path,
    done: outcome(request, services),
  };
}

function assetsOf(names: unknown): string[] {
  return Array.isArray(names) ? names.map(String) : [];
}

function inLanguage(path: string, query: string, lang: string): string {
  const params = new URLSearchParams(query);
  params.delete('done');
  params.set('lang', lang);
  // Two slashes in front would make the first word of the path the name of another site.
  return `${path.replace(/^[/\\]+/, '/')}?${params}`;
}

/** After a form a page is reached as `…?done=vendors.saved`: the message `done.vendors.saved`, when there is one. */
function outcome(request: FastifyRequest, services: Services): string | null {
  const done = (request.query as { done?: unknown } | undefined)?.done;
  const key = typeof done === 'string' ? `done.${done}` : '';
  return key && services.templates.hasText(key) ? services.templates.text(key, request.locale) : null;
}
