import { createProgress } from '../../server/cli/demo/progress.ts';
import { measure as measureAnswers } from './answers.ts';
import { measure as measureManyPeople } from './many-people.ts';
import { measure as measureReport } from './report.ts';
import { type Row, table } from './rows.ts';
import { measure as measureScoring } from './scoring.ts';
import { measure as measureWorkbooks } from './workbooks.ts';

/**
 * `npm run bench`: every figure beside a floor taken in the same run, so that it means the same on any machine.
 * A row that falls short is printed as such, with where the time goes; nothing fails because of a figure.
 */
const parts: readonly { ja: string; en: string; measure(): Promise<readonly Row[]> }[] = [
  { ja: '採点を測っています', en: 'measuring scoring', measure: measureScoring },
  {
    ja: '回答の保存と設問の画面を測っています',
    en: 'measuring answer saves and section pages',
    measure: measureAnswers,
  },
  {
    ja: '200人が同時に回答する場合を測っています',
    en: 'measuring 200 people answering at once',
    measure: measureManyPeople,
  },
  { ja: '回答用Excelを測っています', en: 'measuring workbooks', measure: measureWorkbooks },
  { ja: '報告書を測っています', en: 'measuring reports', measure: measureReport },
];

const say = createProgress(process.stderr);
const rows: Row[] = [];
for (const { ja, en, measure } of parts) {
  say(ja, en);
  rows.push(...(await measure()));
}
console.log(table(rows));
