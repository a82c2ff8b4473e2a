import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { AppError, type InvalidField, notFound } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route cleans the texts of its body itself, so that what a vendor pastes is kept rather than refused. */
    cleansTexts?: boolean;
  }
}

/**
 * Text that PostgreSQL cannot hold is refused at the door, on every route: U+0000 fits into no text, half a surrogate pair into no
 * JSON. Past the door each would be an unexpected error wherever a feature forgets it. An address with one names nothing.
 */
export const storableTextPlugin = fp(
  async (app) => {
    app.addHook('preValidation', async (request: FastifyRequest) => {
      if (unstorable(request.params).length > 0) throw notFound();
      const body = request.routeOptions.config.cleansTexts ? null : request.body;
      const fields = [...unstorable(request.query), ...unstorable(body)];
      if (fields.length > 0) throw new AppError(400, 'unstorable_text', message, { fields });
    });
  },
  { name: 'storable-text' },
);

/** Every text in `sent` that cannot be stored. A list of work instead of recursion: JSON may be nested deeper than the stack. */
function unstorable(sent: unknown): InvalidField[] {
  const found: InvalidField[] = [];
  const waiting: { path: string; value: unknown }[] = [{ path: '', value: sent }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && !isStorable(value)) found.push({ path, message });
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, one] of Object.entries(value)) {
      if (!isStorable(name)) found.push({ path, message });
      waiting.push({ path: depth(path) > DEEPEST_PATH ? path : `${path}/${name}`, value: one });
    }
  }
  return found.slice(0, MOST_FIELDS);
}

/** Enough to find the place; longer paths and lists would cost more than the body that made them. */
const DEEPEST_PATH = 5;
const MOST_FIELDS = 20;

function depth(path: string): number {
  return path.split('/').length - 1;
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

const message = {
  ja: '使用できない文字（NUL文字、または壊れた文字）が含まれています。取り除いて、もう一度入力してください。',
  en: 'There is a character that cannot be used (NUL, or half of a pair). Remove it and enter the text again.',
};
