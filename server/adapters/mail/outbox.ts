import { randomUUID } from 'node:crypto';
import { mails } from '../../../db/schema/index.ts';
import type { Clock, Mail, Queue } from '../../services.ts';
import type { Keys } from '../keys.ts';
import type { Templates } from '../templates.ts';
import type { Carrier } from './carrier.ts';
import { withEnclosure } from './enclosure.ts';
import { type Letter, writeLetter } from './letter.ts';

type Parts = { templates: Pick<Templates, 'mail'>; keys: Keys; queue: Queue; clock: Clock; carrier: Carrier };

/** Outbox: the mail is a row and a job of the transaction that causes it, so it is sent exactly when that commits. */
export function createOutbox({ templates, keys, queue, clock, carrier }: Parts): Mail {
  return {
    check: carrier.check,
    async enqueue(db, organisationId, message) {
      const id = randomUUID();
      const template = `${message.kind}.${message.locale}`;
      const letter = withEnclosure(message, (version) =>
        writeLetter(version, (model) => templates.mail(template, message.locale, { ...model, siteHost: carrier.host })),
      );
      await db.insert(mails).values({
        organisationId,
        id,
        assessmentId: message.assessmentId ?? null,
        kind: message.kind,
        recipient: letter.to.address,
        subject: letter.subject,
        sealed: keys.seal(JSON.stringify(letter), sealContext(organisationId, id)),
        state: 'queued',
        createdAt: clock.now(),
      });
      await queue.send(db, 'send-mail', { organisationId, id });
      return id;
    },
  };
}

/** Throws when the text was sealed for another row or with another key. */
export function openLetter(keys: Keys, sealed: string, organisationId: string, id: string): Letter {
  return JSON.parse(keys.open(sealed, sealContext(organisationId, id))) as Letter;
}

function sealContext(organisationId: string, id: string): string {
  return `mails/${organisationId}/${id}`;
}
