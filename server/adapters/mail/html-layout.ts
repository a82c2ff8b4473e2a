/** Parts are HTML already, escaped. */
type Parts = { locale: 'ja' | 'en'; subject: string; body: string; footer: string };

/**
 * One column of 600 px that narrows with the window. Styles stand on the elements because many mail programs drop style sheets;
 * the sheet only adds dark colours where the reader's program asks for them. Outlook for Windows knows no maximum width and gets a
 * table in a comment that only it reads.
 */
export function inLayout({ locale, subject, body, footer }: Parts): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${subject}</title>
<style>
:root { color-scheme: light dark; }
${darkRules()}
</style>
</head>
<body class="k-page" style="margin:0;padding:0;background-color:${paper[0]}">
<div style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="24"><tr><td><![endif]-->
<main ${styles.sheet} lang="${locale}">
<h1 ${styles.subject}>${subject}</h1>
${body}
${footer === '' ? '' : `<div ${styles.footer}>\n${footer}\n</div>`}
</main>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;
}

/** Light and dark, as on the pages (templates/assets/tokens.css); each pair of ink and ground passes 4.5:1. */
const paper = ['#f8f6f1', '#161513'] as const;
const surface = ['#ffffff', '#201e1b'] as const;
const ink = ['#1f1d1a', '#ece8e0'] as const;
const muted = ['#5b564d', '#b8b1a5'] as const;
const line = ['#dcd6ca', '#3d3a34'] as const;
const brand = ['#004c59', '#79d3e2'] as const;
const tint = ['#e9f7f9', '#13313a'] as const;
const link = ['#00545f', '#86d9e6'] as const;

const sans = `-apple-system,BlinkMacSystemFont,'Segoe UI','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif`;
const mono = `ui-monospace,Consolas,Menlo,'Courier New',monospace`;
const wrap = 'overflow-wrap:anywhere;word-break:break-word';

export const styles = {
  sheet: `class="k-sheet" style="box-sizing:border-box;max-width:600px;margin:0 auto;padding:28px 24px;background-color:${surface[0]};color:${ink[0]};border:1px solid ${line[0]};border-radius:8px;font-family:${sans};font-size:16px;line-height:1.75;${wrap}"`,
  subject: `class="k-subject" style="margin:0 0 24px;padding:0 0 16px;border-bottom:2px solid ${brand[0]};font-size:19px;line-height:1.5;font-weight:bold"`,
  heading: `class="k-heading" style="margin:28px 0 8px;font-size:17px;line-height:1.5;font-weight:bold;color:${brand[0]}"`,
  footerHeading: 'style="margin:20px 0 8px;font-size:14px;line-height:1.5;font-weight:bold"',
  subtitle: 'style="margin:24px 0 4px;font-size:16px;line-height:1.5;font-weight:bold"',
  paragraph: 'style="margin:0 0 16px"',
  entry: 'style="margin:0 0 4px"',
  details: 'style="margin:0 0 16px;padding-left:1em"',
  list: 'style="margin:0 0 16px;padding-left:1.4em"',
  nested: 'style="margin:0;padding-left:1.2em"',
  item: 'style="margin:0 0 4px"',
  label: `class="k-muted" style="color:${muted[0]}"`,
  quote: `class="k-quote" style="margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid ${line[0]}"`,
  linkBox: `class="k-box" style="margin:16px 0;padding:12px 16px;background-color:${tint[0]};border:1px solid ${brand[0]};border-radius:6px;word-break:break-all"`,
  link: `class="k-link" style="color:${link[0]};text-decoration:underline"`,
  code: `class="k-box" style="margin:16px 0;padding:12px 16px;background-color:${tint[0]};border:1px solid ${brand[0]};border-radius:6px;font-family:${mono};font-size:28px;line-height:1.4;letter-spacing:4px;text-align:center"`,
  footer: `class="k-footer" style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid ${line[0]};font-size:14px;line-height:1.7;color:${muted[0]}"`,
};

function darkRules(): string {
  const rules = [
    `.k-page{background-color:${paper[1]}!important}`,
    `.k-sheet{background-color:${surface[1]}!important;color:${ink[1]}!important;border-color:${line[1]}!important}`,
    `.k-subject{border-color:${brand[1]}!important}`,
    `.k-heading{color:${brand[1]}!important}`,
    `.k-muted,.k-footer{color:${muted[1]}!important}`,
    `.k-footer,.k-quote{border-color:${line[1]}!important}`,
    `.k-box{background-color:${tint[1]}!important;border-color:${brand[1]}!important}`,
    `.k-link{color:${link[1]}!important}`,
  ];
  return `@media (prefers-color-scheme: dark) {\n${rules.join('\n')}\n}`;
}
