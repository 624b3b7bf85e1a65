import type { DocumentStore } from './port';

type Lists = Pick<DocumentStore, 'list'>;

/** All paths below a prefix, page by page, each read when the one before has been worked off. */
export async function* pagesOf(store: Lists, prefix: string): AsyncGenerator<string[]> {
  let after: string | undefined;
  do {
    const page = await store.list(prefix, after === undefined ? {} : { after });
    yield page.paths;
    after = page.next;
  } while (after !== undefined);
}

/** All paths below a prefix, in the order of their bytes. */
export async function pathsBelow(store: Lists, prefix: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const page of pagesOf(store, prefix)) paths.push(...page);
  return paths;
}
