const empty = {
  ...{ usedKey: null, naReason: '', comment: '', withheld: '', conditional: null, plan: null, aged: false },
  ...{ reworded: false, asked: null, files: [] as string[], on: '2025-11-20', label: 'KA-2025-0007' },
};

/** Earlier answers, by question id: offered, folded and aged with everything it may hold, and adopted. */
export function prefillSamples() {
  return new Map<string, object>([
    [
      'MULTI',
      {
        ...{ ...empty, id: 'MULTI', titleKey: 'prefills.previous', open: true },
        lines: [{ ja: '認証、管理操作', en: 'Sign-in, Administration' }],
        ...{ comment: '1年間保存しています。', files: ['ログ管理規程.pdf', 'ログ一覧.xlsx'] },
      },
    ],
    [
      'NUMBER',
      {
        ...{ ...empty, id: 'NUMBER', titleKey: 'prefills.previous', open: true, aged: true, reworded: true },
        lines: [{ ja: '6か月', en: '6 months' }],
        conditional: { text: { ja: '12か月', en: '12 months' }, condition: '有償の保存オプションを契約した場合' },
        plan: { by: '2026-09-30', measure: '標準の保存期間を12か月に延ばす。', isOver: true },
      },
    ],
    [
      'REASON',
      {
        ...empty,
        id: 'REASON',
        titleKey: 'prefills.previous',
        usedKey: 'prefills.previousUsed',
        open: false,
        lines: [],
      },
    ],
  ]);
}
