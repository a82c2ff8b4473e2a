/** The helpers of the report templates; dates and numbers as a reader of the language expects them. */
export type Words = ReadonlyMap<string, string>;

const timeZone = 'Asia/Tokyo';
const day = { timeZone, year: 'numeric', month: 'long', day: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const formats = {
  ja: { date: new Intl.DateTimeFormat('ja-JP', day), dateTime: new Intl.DateTimeFormat('ja-JP', { ...day, ...clock }) },
  en: { date: new Intl.DateTimeFormat('en-GB', day), dateTime: new Intl.DateTimeFormat('en-GB', { ...day, ...clock }) },
};

export function reportHelpers(lang: 'ja' | 'en', words: Words) {
  const format = formats[lang];
  function t(key: string): string {
    const word = words.get(key);
    if (word === undefined) throw new Error(`templates/reports/words.json: there is no "${key}"`);
    return word;
  }
  const date = (value: string) => format.date.format(momentOf(value));
  return {
    t,
    date,
    dateTime: (value: string) => `${format.dateTime.format(new Date(value))} JST`,
    dateOr: (value: string | null) => (value === null ? t('notRecorded') : date(value)),
    or: (value: string | null) => value || t('notRecorded'),
    given: (value: unknown) => value !== null && value !== undefined,
    eq: (a: unknown, b: unknown) => a === b,
    amount: (value: number) => value.toLocaleString(lang),
    tenths: (value: number) => value.toFixed(1),
    signed: (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(1)}`,
    bytes: (value: number) => `${Math.max(1, Math.round(value / 1024)).toLocaleString(lang)} KB`,
    pointless: (state: string) => (state === 'na' ? t('na') : t('fact')),
    cssString,
  };
}

/** A plain date is that day in Tokyo. */
function momentOf(value: string): Date {
  return new Date(value.length === 10 ? `${value}T12:00:00+09:00` : value);
}

/** Text for a quoted CSS string: whatever is not a plain letter or digit becomes an escape, so nothing can end the string. */
export function cssString(text: string): string {
  return [...text]
    .map((character) => (/[A-Za-z0-9]/.test(character) ? character : `\\${character.codePointAt(0)!.toString(16)} `))
    .join('');
}
