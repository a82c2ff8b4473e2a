/** Tells what is happening, one line a step in both languages; counts on the same line where there is a terminal. */
export type Progress = {
  (ja: string, en: string): void;
  count(done: number, of: number): void;
};

export function createProgress(out: NodeJS.WriteStream): Progress {
  let step = 0;
  const say = (ja: string, en: string) => {
    step += 1;
    if (out.isTTY) out.write('\r\x1b[K');
    out.write(`[${step}] ${ja} / ${en}\n`);
  };
  return Object.assign(say, {
    count: (done: number, of: number) => {
      if (out.isTTY) out.write(`\r    ${done}/${of}`);
    },
  });
}
