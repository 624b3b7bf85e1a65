import type { ValueStore } from './values';
import { DocumentError } from './errors';
import { sha256 } from './json';
import { pagesOf } from './pages';
import type { DocumentStore } from './port';
import { valuePath } from './values';

/**
 * Takes the values of another store over, one file at a time, without parsing them: how a child that nobody trusts
 * hands on what it has made. A file whose name is not the hash of its bytes is `corrupt`.
 */
export async function takeOverValues(
  from: Pick<DocumentStore, 'list' | 'read'>,
  { files }: Pick<ValueStore, 'files'>,
): Promise<void> {
  for await (const paths of pagesOf(from, 'values/'))
    for (const path of paths) {
      const bytes = await from.read(path);
      if (!bytes || valuePath(sha256(bytes)) !== path)
        throw new DocumentError('corrupt', `${path} is not what its name says`);
      await files.create(path, bytes, { media_type: 'application/json' });
    }
}
