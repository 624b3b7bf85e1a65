import type { Package } from '../zip-scan';
import { attribute, readXml } from './xml';

export interface Relation {
  id: string;
  /** last word of its type: `worksheet`, `styles`, `officeDocument` */
  type: string;
  /** plain name of the part */
  target: string;
  external: boolean;
}

/** Relations of a part; none if it has no list. `''` is the package itself. */
export async function readRelations(parts: Package, part: string): Promise<Relation[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const list = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!parts.has(list)) return [];
  const relations: Relation[] = [];
  await readXml(
    list,
    parts.read(list),
    {
      open(name, tag) {
        if (name !== 'Relationship') return;
        const type = attribute(tag, 'Type') ?? '';
        relations.push({
          id: attribute(tag, 'Id') ?? '',
          type: type.slice(type.lastIndexOf('/') + 1),
          target: resolve(folder, attribute(tag, 'Target') ?? ''),
          external: attribute(tag, 'TargetMode')?.toLowerCase() === 'external',
        });
      },
    },
    'relations',
  );
  return relations;
}

/** Resolves a target from the root or from the folder of the part that names it. */
function resolve(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/').toLowerCase();
  const names: string[] = [];
  for (const name of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  const plain = names.join('/');
  return plain.includes('%') ? decodePercent(plain) : plain;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
