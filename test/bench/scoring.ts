/** How many evaluations of the model service (EX2), reasons included, one thread makes in a second. */
import { readFileSync } from 'node:fs';
import { loadQuestionnaires } from '../../server/adapters/questionnaire-files.ts';
import { evaluate } from '../../server/domain/scoring/evaluate.ts';
import { type Row, table } from './rows.ts';

const WARM_UP = 5_000;
const ROUNDS = 5;
const PER_ROUND = 10_000;
/** The issue names a figure, not a ratio: the floor of this row is that figure. */
const ASKED_PER_SECOND = 10_000;

/** The best of several rounds, so that a neighbour on the machine does not count against the scorer. */
export async function measure(): Promise<readonly Row[]> {
  const { compiled } = loadQuestionnaires().get('jp-cloud-ppc', '1.0.0');
  const { EX2 } = JSON.parse(readFileSync(new URL('../cases/worked-examples.json', import.meta.url), 'utf8'));
  for (let i = 0; i < WARM_UP; i += 1) evaluate(compiled, EX2);
  let best = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    for (let i = 0; i < PER_ROUND; i += 1) evaluate(compiled, EX2);
    best = Math.max(best, PER_ROUND / ((performance.now() - started) / 1000));
  }
  return [
    {
      what: 'evaluations of EX2 on one thread',
      value: `${Math.round(best).toLocaleString('en')}/s`,
      floor: `${ASKED_PER_SECOND.toLocaleString('en')}/s`,
      ratio: best / ASKED_PER_SECOND,
      target: { atLeast: 1 },
      note: 'about a third of the time is CEL (visibility, findings, legal conclusion); the rest is scores and reasons.',
    },
  ];
}

if (import.meta.main) console.log(table(await measure()));
