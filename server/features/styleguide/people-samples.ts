const title = { ja: '識別と認証', en: 'Identification and authentication' };
const question = { ja: '管理者に多要素認証を求めていますか。', en: 'Do administrators sign in with several factors?' };
const at = '2026-11-20T05:02:00.000Z';

const whole = { isWhole: true, sections: [], questions: '', answered: 74, applicable: 90 };
const chosen = { isWhole: false, sections: [title], questions: 'TEXT、DATE', answered: 12, applicable: 12 };
const colleagues = [
  {
    name: '鈴木 基盤',
    roleKey: 'people.role.contributor',
    part: chosen,
    tone: 'good',
    standingKey: 'people.standing.done',
  },
  {
    name: '小林 運用',
    roleKey: 'people.role.contributor',
    part: whole,
    tone: 'progress',
    standingKey: 'people.standing.entered',
  },
  {
    name: '高橋 課長',
    roleKey: 'people.role.checker',
    part: null,
    tone: 'neutral',
    standingKey: 'people.standing.invited',
  },
].map((one, at) => ({ ...one, dueOn: at === 0 ? '2026-12-01' : null }));

const approval = {
  ...{ isVoid: false, sentBack: null, mayDecide: true, isCheck: false, isOwner: true, owner: '田中 太郎' },
  ...{ lacksChecker: true, lacksApprover: true, mayAsk: true, isWaiting: true, isComplete: true },
  chain: [
    {
      roleKey: 'people.role.respondent',
      names: '田中 太郎',
      isDone: true,
      doneKey: 'approval.done.0',
      at,
      isNext: false,
    },
    { roleKey: 'people.role.checker', names: '高橋 課長', isDone: false, doneKey: 'approval.done.1', at, isNext: true },
    {
      roleKey: 'people.role.approver',
      names: '伊藤 部長',
      isDone: false,
      doneKey: 'approval.done.2',
      at,
      isNext: false,
    },
  ],
  fields: { comment: { id: 'comment', name: 'comment', value: '', error: null } },
};
const sentBack = { by: '高橋 課長', roleKey: 'people.role.checker', at, remark: '拠点の記載を確認してください。' };

/** People at the vendor, their parts, and the approvals before the submission with everything each reader may see. */
export function peopleSamples() {
  return {
    sharing: { isOwner: true, colleagues, mayShare: true },
    colleagues,
    approval,
    news: [{ approval: { ...approval, isVoid: true } }, { approval: { ...approval, sentBack, mayDecide: false } }],
    seen: '',
    part: { error: { ja: '担当する範囲を選んでください。', en: 'Choose a part.' }, all: false, chosen: true },
    due: { id: 'dueOn', name: 'dueOn', value: '', error: null },
    dueOn: '2026-12-18',
    sections: [
      {
        ...{ id: 'first', title, count: 2, checked: true, isOpen: true },
        questions: [
          { id: 'SINGLE', text: question, checked: true },
          { id: 'MULTI', text: question, checked: false },
        ],
      },
      {
        id: 'second',
        title,
        count: 1,
        checked: false,
        isOpen: false,
        questions: [{ id: 'TEXT', text: question, checked: false }],
      },
    ],
  };
}
