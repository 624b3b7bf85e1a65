import { Type, type Static } from 'typebox';
import { Cursor, Links } from './api';
import { Instant, JsonValue } from './json';

/** A file in the workspace of a run, and the address to get it from. */
export const WorkspaceEntry = Type.Object(
  { path: Type.String(), bytes: Type.Integer({ minimum: 0 }), modified_at: Instant, href: Type.String() },
  { $id: 'WorkspaceEntry' },
);

/** Files of a run, as far as a page goes. */
export const WorkspaceList = Type.Object(
  {
    files: Type.Array(WorkspaceEntry),
    total: Type.Object({
      files: Type.Integer({ minimum: 0 }),
      bytes: Type.Integer({ minimum: 0 }),
    }),
    links: Links,
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'WorkspaceList' },
);
export type WorkspaceList = Static<typeof WorkspaceList>;

/** Values that the steps of a run share by name. */
export const MemoryList = Type.Object(
  { entries: Type.Array(Type.Object({ name: Type.String(), value: JsonValue })) },
  { $id: 'MemoryList' },
);
export type MemoryList = Static<typeof MemoryList>;
