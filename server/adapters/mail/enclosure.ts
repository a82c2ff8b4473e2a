import type { Enclose, MailMessage, WantedCopy } from '../../services.ts';
import type { Letter } from './letter.ts';

type Texts = Pick<Letter, 'text' | 'html'>;
/** What to print, and the letter as it reads when there is nothing to attach. */
export type Enclosure = WantedCopy & { missing: Texts; tooLarge: Texts };

/** Whether it can be attached turns out when the mail leaves; it is written for every case now, while what it tells is at hand. */
export function withEnclosure(message: MailMessage, write: (message: MailMessage) => Letter): Letter {
  const { enclosure } = message;
  if (!enclosure) return write(message);
  const version = (outcome: 'attached' | 'missing' | 'tooLarge') =>
    write({ ...message, model: { ...message.model, ...flags(outcome) } });
  return {
    ...version('attached'),
    enclosure: { ...enclosure, missing: textsOf(version('missing')), tooLarge: textsOf(version('tooLarge')) },
  };
}

/** The letter with what it encloses; without anybody to print it, as with a failure, the one that says where to find it. */
export async function enclosed(letter: Letter, organisationId: string, enclose?: Enclose): Promise<Letter> {
  const { enclosure, ...rest } = letter;
  if (!enclosure) return letter;
  const { missing, tooLarge, ...wanted } = enclosure;
  const made = enclose ? await enclose(organisationId, wanted) : 'missing';
  if (typeof made === 'string') return { ...rest, ...{ missing, tooLarge }[made] };
  return { ...rest, attachments: [...rest.attachments, made] };
}

function flags(outcome: 'attached' | 'missing' | 'tooLarge') {
  return {
    copyAttached: outcome === 'attached',
    copyMissing: outcome === 'missing',
    copyTooLarge: outcome === 'tooLarge',
  };
}

function textsOf({ text, html }: Letter): Texts {
  return html === undefined ? { text } : { text, html };
}
