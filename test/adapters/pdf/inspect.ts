import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type Inspected = {
  pages: string[];
  tagged: boolean;
  lang: string | undefined;
  displayDocTitle: boolean;
  title: string;
  author: string;
  created: string;
  outline: string[];
  /** Page, from 1, each bookmark leads to. */
  outlinePages: number[];
  attachments: Record<string, string>;
  fonts: { name: string; embedded: boolean }[];
  /** Structure types of the first page with content, outermost first. */
  roles: Set<string>;
  figuresWithoutText: number;
};

/** Reads a PDF with two libraries that did not write it. */
export async function inspect(bytes: Uint8Array): Promise<Inspected> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const pages: string[] = [];
  const roles = new Set<string>();
  const figures = { withoutText: 0 };
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    collectRoles((await page.getStructTree()) as Node | null, roles, figures);
  }
  const { info } = (await document.getMetadata()) as { info: Record<string, string> };
  const outline = (await document.getOutline()) ?? [];
  const outlinePages: number[] = [];
  for (const { dest } of outline) {
    const [target] = typeof dest === 'string' ? ((await document.getDestination(dest)) ?? []) : (dest ?? []);
    outlinePages.push((await document.getPageIndex(target)) + 1);
  }
  await task.destroy();
  return {
    pages,
    outline: outline.map((item) => item.title),
    outlinePages,
    title: info.Title ?? '',
    author: info.Author ?? '',
    created: info.CreationDate ?? '',
    roles,
    figuresWithoutText: figures.withoutText,
    ...(await catalogue(bytes)),
  };
}

type Node = { role?: string; alt?: string; children?: Node[] };
function collectRoles(node: Node | null, roles: Set<string>, figures: { withoutText: number }): void {
  if (!node) return;
  if (node.role) roles.add(node.role);
  if (node.role === 'Figure' && !node.alt) figures.withoutText += 1;
  for (const child of node.children ?? []) collectRoles(child, roles, figures);
}

async function catalogue(
  bytes: Uint8Array,
): Promise<Pick<Inspected, 'tagged' | 'lang' | 'displayDocTitle' | 'fonts' | 'attachments'>> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const lang = document.catalog.lookup(PDFName.of('Lang'));
  const marks = document.catalog.lookupMaybe(PDFName.of('MarkInfo'), PDFDict);
  const preferences = document.catalog.lookupMaybe(PDFName.of('ViewerPreferences'), PDFDict);
  const fonts = document.context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFDict && object.get(PDFName.of('Type')) === PDFName.of('FontDescriptor') ? [object] : [],
    )
    .map((descriptor) => ({
      name: String(descriptor.get(PDFName.of('FontName'))),
      embedded: descriptor.get(PDFName.of('FontFile2')) !== undefined,
    }));
  return {
    tagged: String(marks?.get(PDFName.of('Marked'))) === 'true' && document.catalog.has(PDFName.of('StructTreeRoot')),
    lang: lang instanceof PDFString ? lang.asString() : undefined,
    displayDocTitle: String(preferences?.get(PDFName.of('DisplayDocTitle'))) === 'true',
    fonts,
    attachments: attachmentsOf(document),
  };
}

/** Decoded content streams of the pages, to look for glyph 0 (.notdef) in Identity-H text. */
export async function showsMissingGlyph(bytes: Uint8Array): Promise<boolean> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return document.getPages().some((page) => {
    const contents = page.node.Contents();
    const streams =
      contents instanceof PDFArray ? contents.asArray().map((one) => document.context.lookup(one)) : [contents];
    const text = streams
      .map((one) =>
        one instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(one).decode()).toString('latin1') : '',
      )
      .join('\n');
    return [...text.matchAll(/<([0-9A-Fa-f]+)>/g)].some(
      ([, hex]) => hex !== undefined && hex.length % 4 === 0 && /^(.{4})*0000/.test(hex),
    );
  });
}

function attachmentsOf(document: PDFDocument): Record<string, string> {
  const files = document.catalog.lookupMaybe(PDFName.of('AF'), PDFArray);
  const specifications = (files?.asArray() ?? []).map((reference) => document.context.lookup(reference, PDFDict));
  return Object.fromEntries(
    specifications.map((specification) => {
      const name = specification.lookup(PDFName.of('UF'), PDFHexString).decodeText();
      const stream = specification.lookup(PDFName.of('EF'), PDFDict).lookup(PDFName.of('F'));
      return [
        name,
        stream instanceof PDFRawStream ? new TextDecoder().decode(decodePDFRawStream(stream).decode()) : '',
      ];
    }),
  );
}
