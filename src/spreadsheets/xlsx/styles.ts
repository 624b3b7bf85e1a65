import type { Package } from '../zip-scan';
import { builtinFormat, general, parseFormat, type Format } from './format';
import { attribute, isTrue, readXml } from './xml';

/** Style of a cell, as far as it affects the meaning of its value. */
export interface Style {
  format: Format;
  bold: boolean;
  /** struck through */
  struck: boolean;
  /** colour behind the value */
  fill?: string;
}

export const plainStyle: Style = { format: general, bold: false, struck: false };

/** Styles of cells by number. A workbook without styles has plain cells. */
export async function readStyles(parts: Package, part: string | undefined): Promise<Style[]> {
  if (part === undefined || !parts.has(part)) return [];
  const formats = new Map<number, Format>();
  const fonts: { bold: boolean; struck: boolean }[] = [];
  const fills: { solid: boolean; colour?: string }[] = [];
  const styles: { format: number; font: number; fill: number }[] = [];
  let inside = '';
  await readXml(part, parts.read(part), {
    open(name, tag) {
      if (name === 'fonts' || name === 'fills' || name === 'cellXfs') inside = name;
      else if (name === 'numFmt') {
        formats.set(Number(attribute(tag, 'numFmtId')), parseFormat(attribute(tag, 'formatCode') ?? ''));
      } else if (name === 'font' && inside === 'fonts') fonts.push({ bold: false, struck: false });
      else if ((name === 'b' || name === 'strike') && inside === 'fonts') {
        const font = fonts.at(-1);
        if (font) font[name === 'b' ? 'bold' : 'struck'] = isTrue(attribute(tag, 'val') ?? '1');
      } else if (name === 'patternFill' && inside === 'fills') {
        fills.push({ solid: attribute(tag, 'patternType') === 'solid' });
      } else if (name === 'gradientFill' && inside === 'fills') {
        fills.push({ solid: false });
      } else if (name === 'fgColor' && inside === 'fills') {
        const fill = fills.at(-1);
        if (fill) fill.colour = colourOf((of) => attribute(tag, of));
      } else if (name === 'xf' && inside === 'cellXfs') {
        const number = (of: string) => Number(attribute(tag, of) ?? 0);
        styles.push({ format: number('numFmtId'), font: number('fontId'), fill: number('fillId') });
      }
    },
    close(name) {
      if (name === inside) inside = '';
    },
  });
  return styles.map(({ format, font, fill }) => ({
    format: formats.get(format) ?? builtinFormat(format),
    ...(fonts[font] ?? { bold: false, struck: false }),
    ...(fills[fill]?.solid && fills[fill].colour ? { fill: fills[fill].colour } : {}),
  }));
}

/** A colour by what the file calls it; undefined for white. */
function colourOf(of: (name: string) => string | undefined): string | undefined {
  const [rgb, theme, indexed] = [of('rgb'), of('theme'), of('indexed')];
  if (rgb !== undefined) return /FFFFFF$/i.test(rgb) ? undefined : `rgb ${rgb.slice(-6).toUpperCase()}`;
  if (theme !== undefined)
    return theme === '0' && !of('tint') ? undefined : `theme ${theme} ${of('tint') ?? ''}`.trim();
  return indexed === undefined || indexed === '9' || indexed === '64' ? undefined : `indexed ${indexed}`;
}
