import type { Tool } from '../../tool';
import { fileCopy, fileMove } from './copy';
import { fileDelete } from './delete';
import { fileList } from './list';
import { fileOperation } from './operation';
import { fileRead } from './read';
import { fileSearch } from './search';
import { fileWrite } from './write';

/** Tools of files in the workspace of a run. */
export const fileTools: readonly Tool[] = [
  fileWrite,
  fileRead,
  fileList,
  fileSearch,
  fileCopy,
  fileMove,
  fileDelete,
  fileOperation,
];
