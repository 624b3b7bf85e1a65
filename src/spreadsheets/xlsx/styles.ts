import type { Package } from '../zip-scan';
import { builtinFormat, general, parseFormat, type Format } from './format';
import { attribute, isTrue, readXml } from './xml';

/** Style of a cell, as far as it affects the meaning of its value. */
export interface Style {
  format: Format;
  bold: boolean;
  /** struck through */
  struck: boolean;
}

export const plainStyle: Style = { format: general, bold: false, struck: false };

/** Styles of cells by number. A workbook without styles has plain cells. */
export async function readStyles(parts: Package, part: string | undefined): Promise<Style[]> {
  if (part === undefined || !parts.has(part)) return [];
  const formats = new Map<number, Format>();
  const fonts: { bold: boolean; struck: boolean }[] = [];
  const styles: { format: number; font: number }[] = [];
  let inside = '';
  await readXml(part, parts.read(part), {
    open(name, tag) {
      if (name === 'fonts' || name === 'cellXfs') inside = name;
      else if (name === 'numFmt') {
        formats.set(Number(attribute(tag, 'numFmtId')), parseFormat(attribute(tag, 'formatCode') ?? ''));
      } else if (name === 'font' && inside === 'fonts') fonts.push({ bold: false, struck: false });
      else if ((name === 'b' || name === 'strike') && inside === 'fonts') {
        const font = fonts.at(-1);
        if (font) font[name === 'b' ? 'bold' : 'struck'] = isTrue(attribute(tag, 'val') ?? '1');
      } else if (name === 'xf' && inside === 'cellXfs') {
        styles.push({ format: Number(attribute(tag, 'numFmtId') ?? 0), font: Number(attribute(tag, 'fontId') ?? 0) });
      }
    },
    close(name) {
      if (name === inside) inside = '';
    },
  });
  return styles.map(({ format, font }) => ({
    format: formats.get(format) ?? builtinFormat(format),
    ...(fonts[font] ?? { bold: false, struck: false }),
  }));
}
