import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSecretParts, SECRET_NAME, type Secret } from './declaration';

/** Secrets by name, read when a call needs them. */
export interface Secrets {
  /** Undefined if there is none of this name. @throws Error whose message begins after the name, without the value */
  find(name: string): Promise<Secret | undefined>;
}

export interface SecretSources {
  /** from the environment; they win over files */
  given: Readonly<Record<string, Secret>>;
  /** folder of files `NAME`, `NAME.hosts` and, if the secret is for some tools alone, `NAME.tools` */
  dir: string | undefined;
}

export function createSecrets({ given, dir }: SecretSources): Secrets {
  return {
    async find(name) {
      const known = Object.hasOwn(given, name) ? given[name] : undefined;
      if (known || dir === undefined || !SECRET_NAME.test(name)) return known;
      const [value, hosts, tools] = await Promise.all(
        ['', '.hosts', '.tools'].map((end) => readIfThere(join(dir, `${name}${end}`))),
      );
      return value === undefined
        ? undefined
        : readSecretParts(name, { value: value.replace(/\r?\n$/, ''), hosts, tools });
    },
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`cannot be read (${code ?? 'unknown'}).`);
  }
}
