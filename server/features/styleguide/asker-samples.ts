const name = { ja: '株式会社みなと労務', en: 'Minato Labour, Inc.' };
/** A bar and a word-like stroke on transparent ground, as most logos are; bytes, because a drawing is never served as one. */
const src =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAKAAAAAwBAMAAABkh2xdAAAAMFBMVEVMaXHCQAvCQQrCQAvCQAzMRQDBQAvCQAvCQAzCQAvCQAvBQQzCQAvCQQwfKTeco693HYRRAAAADXRSTlMA6ReX+Qath3lX0ze22u9hIAAAAAlwSFlzAAALEwAACxMBAJqcGAAAAPVJREFUSMdjYBgF1AM7skQcl3VTzTimwrtgIK5AJfNM7kKBM3VMnHgXDiSpYV7wXSRgSrl5rGeRDbwTQLGBMXdRwFGKDbRFNfAypeZx3kUDEyg0UBHdQCHq+hjh53ckAlii9kU38IoCRQay38UABRQZyIhpoABFBu7FNPA2RQb2Yhp4gyIDczENvEaRgWsxDbxFkYGymAZepChd+2IaeGVwGUh1L+OOFDIB7mRDJsCdsP8TADgMxJ31yDQQd+FApoG4iy8yDcRdwJJpIO4qYNBUUlSvRqle0TOwUbspQvXGEtWbc9RvcFK/SUz1Rjv1uxWjgHwAAM2uGDHk0kppAAAAAElFTkSuQmCC';

/** A customer that has said everything about itself, and one that has said nothing. */
export const askerSamples = [
  {
    name,
    logo: { src, width: 160, height: 48 },
    department: '総務部 情報管理課',
    address: '東京都港区芝公園1-1-1 みなとビル5階',
    privacy: { name: '個人情報相談窓口', email: 'privacy@minato.example', phone: '03-1234-5678' },
    confidentiality: {
      ja: '閲覧できるのは、監査室と総務部の担当者に限ります。\n契約の終了から5年間保管し、その後に消去します。',
      en: 'Only our audit office and general affairs staff read the answers.\nThey are erased five years after the contract ends.',
    },
  },
  { name, logo: null, department: '', address: '', privacy: null, confidentiality: null },
];
