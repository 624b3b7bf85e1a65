import { Type, type Static } from 'typebox';
import { Cursor, Links } from '../api';
import { Identifier } from '../json';

/** Bodies and answers of the API of memory. */

const Count = Type.Integer({ minimum: 0 });

const counts = {
  texts: Type.Unsafe<number>({ ...Count, description: 'found by their meaning' }),
  values: Type.Unsafe<number>({ ...Count, description: 'kept by name, of a run' }),
  bytes: Type.Unsafe<number>({ ...Count, description: 'of texts, facts and values, without vectors' }),
};

/** What is kept under one name. */
export const MemoryNamespace = Type.Object(
  {
    namespace: Type.String({ description: 'name of the space; of the memory of a run, its workflow id' }),
    kind: Type.Enum(['run', 'shared', 'named']),
    workflow: Type.Optional(
      Type.Unsafe<string>({
        ...Identifier,
        description: 'the definition that it belongs to: that of the run, or the one that it is named after',
      }),
    ),
    ...counts,
    links: Links,
  },
  { $id: 'MemoryNamespace' },
);
export type MemoryNamespace = Static<typeof MemoryNamespace>;

/** 200 of `GET /api/v1/memory`: a page, by name. */
export const MemoryNamespaces = Type.Object(
  { namespaces: Type.Array(MemoryNamespace), next_cursor: Type.Optional(Cursor) },
  { $id: 'MemoryNamespaces' },
);
export type MemoryNamespaces = Static<typeof MemoryNamespaces>;

/** What a deletion has removed. */
export const MemoryDeleted = Type.Object({ namespaces: Count, ...counts }, { $id: 'MemoryDeleted' });
export type MemoryDeleted = Static<typeof MemoryDeleted>;

/** 202 of a deletion that takes longer: it is durable, and goes on. */
export const MemoryDeletion = Type.Object(
  { status: Type.Literal('accepted'), workflow_id: Type.String(), links: Links },
  { $id: 'MemoryDeletion' },
);
export type MemoryDeletion = Static<typeof MemoryDeletion>;
