import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { contentsNumbers } from './contents-numbers.ts';
import { appendUpdate, dictionaryOf, extentOf, type NewObject, openPdf, type PdfFile, textString } from './pdf-file.ts';

export type Attachment = {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  readonly content: string;
};

export type DocumentProperties = {
  readonly author: string;
  readonly subject: string;
  readonly keywords: string;
  /** Moment of issue, ISO 8601; becomes both dates of the file, so that printing again gives the same bytes. */
  readonly issuedAt: string;
  readonly attachments: readonly Attachment[];
  /** Links to anchors whose names begin so get the page number at their right end. */
  readonly contentsPrefix: string;
};

type Properties = { readonly title: string; readonly lang: string } & Partial<DocumentProperties>;

const PRODUCER = 'Kantoku';

/** Adds properties, XMP metadata and attachments to a PDF printed by Chromium; its pages and tags stay as they are. */
export function finishPdf(printed: Uint8Array, properties: Properties): Buffer {
  const bytes = Buffer.from(printed);
  const issuedAt = properties.issuedAt === undefined ? undefined : new Date(properties.issuedAt);
  const file = openPdf(bytes);
  if (issuedAt) overwriteDates(file, pdfDate(issuedAt));
  const attached = (properties.attachments ?? []).flatMap((one, index) =>
    attachmentObjects(file.size + 1 + index * 2, one, issuedAt),
  );
  const metadata: NewObject = {
    number: file.size,
    dictionary: '/Type /Metadata\n/Subtype /XML',
    stream: Buffer.from(xmp(properties, issuedAt)),
  };
  const numbers =
    properties.contentsPrefix === undefined
      ? []
      : contentsNumbers(file, properties.contentsPrefix, file.size + 1 + attached.length);
  const objects = [
    metadata,
    ...attached,
    ...numbers,
    infoObject(file, properties),
    catalogObject(file, properties.attachments ?? []),
  ];
  return appendUpdate(file, objects, `/ID [${fingerprint(bytes)} ${fingerprint(bytes)}]\n`);
}

/** Same length as what it replaces, so every offset stays right. */
function overwriteDates(file: PdfFile, date: string): void {
  const { start, end } = extentOf(file, file.info);
  const source = file.bytes.subarray(start, end).toString('latin1');
  const dated = source.replaceAll(/Date \(D:\d{14}[+-]\d\d'\d\d'\)/g, `Date (${date})`);
  if (dated.length === source.length) file.bytes.write(dated, start, 'latin1');
}

function infoObject(file: PdfFile, { title, author, subject, keywords }: Properties): NewObject {
  const dates = dictionaryOf(file, file.info).match(/\/(Creation|Mod)Date \([^)]*\)/g) ?? [];
  const entries = {
    Title: title,
    Author: author,
    Subject: subject,
    Keywords: keywords,
    Creator: PRODUCER,
    Producer: PRODUCER,
  };
  const texts = Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [`/${key} ${textString(value)}`],
  );
  return { number: file.info, dictionary: [...texts, ...dates].join('\n') };
}

function catalogObject(file: PdfFile, attachments: readonly Attachment[]): NewObject {
  const catalog = dictionaryOf(file, file.root);
  if (attachments.length > 0 && /\/(Names|AF)\b/.test(catalog))
    throw new Error('the printed PDF has attachments already');
  const specifications = attachments.map((_, index) => `${file.size + 1 + index * 2} 0 R`);
  const names = attachments.map((one, index) => `${textString(one.name)} ${specifications[index]}`).join(' ');
  const files =
    attachments.length === 0
      ? ''
      : `\n/Names <</EmbeddedFiles <</Names [${names}]>>>>\n/AF [${specifications.join(' ')}]`;
  return { number: file.root, dictionary: `${catalog}\n/Version /1.7\n/Metadata ${file.size} 0 R${files}` };
}

/** A file specification and the embedded file it points to (ISO 32000-1 §7.11.4). */
function attachmentObjects(number: number, attachment: Attachment, issuedAt: Date | undefined): NewObject[] {
  const content = Buffer.from(attachment.content);
  const date = issuedAt ? `/ModDate (${pdfDate(issuedAt)})` : '';
  const checksum = createHash('md5').update(content).digest('hex');
  return [
    {
      number,
      dictionary: `/Type /Filespec\n/F ${textString(attachment.name)}\n/UF ${textString(attachment.name)}\n/Desc ${textString(attachment.description)}\n/AFRelationship /Data\n/EF <</F ${number + 1} 0 R\n/UF ${number + 1} 0 R>>`,
    },
    {
      number: number + 1,
      dictionary: `/Type /EmbeddedFile\n/Subtype /${attachment.mediaType.replace('/', '#2F')}\n/Filter /FlateDecode\n/Params <</Size ${content.length}\n/CheckSum <${checksum}>${date}>>`,
      stream: deflateSync(content),
    },
  ];
}

function xmp({ title, lang, author, subject, keywords }: Properties, issuedAt: Date | undefined): string {
  const date = issuedAt
    ? `<xmp:CreateDate>${isoJst(issuedAt)}</xmp:CreateDate><xmp:ModifyDate>${isoJst(issuedAt)}</xmp:ModifyDate>`
    : '';
  const optional = [
    author === undefined ? '' : `<dc:creator><rdf:Seq><rdf:li>${xml(author)}</rdf:li></rdf:Seq></dc:creator>`,
    subject === undefined
      ? ''
      : `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xml(subject)}</rdf:li></rdf:Alt></dc:description>`,
    keywords === undefined ? '' : `<pdf:Keywords>${xml(keywords)}</pdf:Keywords>`,
  ].join('');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(title)}</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>${xml(lang)}</rdf:li></rdf:Bag></dc:language>${optional}${date}<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool><pdf:Producer>${PRODUCER}</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
function xml(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character]!);
}

function jst(date: Date): string {
  return new Date(date.getTime() + 9 * 3_600_000).toISOString();
}
function isoJst(date: Date): string {
  return `${jst(date).slice(0, 19)}+09:00`;
}
function pdfDate(date: Date): string {
  return `D:${jst(date).slice(0, 19).replaceAll(/\D/g, '')}+09'00'`;
}

function fingerprint(bytes: Buffer): string {
  return `<${createHash('sha256').update(bytes).digest('hex').slice(0, 32).toUpperCase()}>`;
}
