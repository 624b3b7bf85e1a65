import type { Package } from '../zip-scan';
import { attribute, readXml } from '../xlsx/xml';

/** Style of a cell, a row, a sheet or a run of letters, as far as it affects what is read. */
export interface OdsStyle {
  bold?: boolean;
  struck?: boolean;
  /** of a sheet: it is not shown */
  hidden?: boolean;
}

/** Parents that a style may have in a row; more are a circle. */
const DEEPEST = 20;

/** Styles by family and name: those of the document, and those that the program made for single cells. */
export async function readOdsStyles(parts: Package): Promise<(family: string, name: string | undefined) => OdsStyle> {
  const own = new Map<string, OdsStyle & { parent?: string }>();
  let style: (OdsStyle & { parent?: string }) | undefined;
  const listener = {
    open(name: string, tag: Parameters<typeof attribute>[0]) {
      if (name === 'style' || name === 'default-style') {
        const family = attribute(tag, 'style:family') ?? '';
        const parent = attribute(tag, 'style:parent-style-name');
        style = parent === undefined ? {} : { parent: `${family} ${parent}` };
        own.set(`${family} ${attribute(tag, 'style:name') ?? ''}`, style);
      } else if (name === 'text-properties' && style) {
        const weight = attribute(tag, 'fo:font-weight');
        if (weight !== undefined) style.bold = weight === 'bold' || Number(weight) >= 600;
        const lines = [attribute(tag, 'style:text-line-through-style'), attribute(tag, 'style:text-line-through-type')];
        if (lines.some((line) => line !== undefined)) style.struck = lines.some((line) => line && line !== 'none');
      } else if (name === 'table-properties' && style) style.hidden = attribute(tag, 'table:display') === 'false';
    },
    close(name: string) {
      if (name === 'style' || name === 'default-style') style = undefined;
    },
  };
  for (const part of ['styles.xml', 'content.xml'])
    if (parts.has(part)) await readXml(part, parts.read(part), listener, 'opendocument');
  const known = new Map<string, OdsStyle>();
  return (family, name) => {
    const key = `${family} ${name ?? ''}`;
    let whole = known.get(key);
    if (!whole) {
      whole = {};
      let next: string | undefined = key;
      for (let depth = 0; next !== undefined && depth < DEEPEST; depth++) {
        const { parent, ...said }: OdsStyle & { parent?: string } = own.get(next) ?? {};
        whole = { ...said, ...whole };
        next = parent;
      }
      known.set(key, whole);
    }
    return whole;
  };
}
