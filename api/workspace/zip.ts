import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { ZipFile } from 'yazl';
import { mediaTypeOf } from '../../src/documents/media-types';
import type { Workspace, WorkspaceFile } from '../../src/workspaces/port';
import { disposition } from '../files';

/** Media types whose files hardly become smaller. */
const DENSE = /^(image\/(png|jpeg|gif)|application\/(zip|pdf|vnd\.openxmlformats.*))$/;

export interface Zipped {
  files: readonly WorkspaceFile[];
  /** the folder that names in the zip are relative to; `.` for the workspace itself */
  within: string;
  workspace: Pick<Workspace, 'stream'>;
}

/** Sends files as a zip that is made while it is sent: one of them is open at a time, and none is in memory. */
export async function sendZip(res: Response, name: string, { files, within, workspace }: Zipped): Promise<void> {
  res.set({
    'Content-Type': 'application/zip',
    'Content-Disposition': disposition('attachment', name),
    'Cache-Control': 'no-store',
  });
  if (res.req.method === 'HEAD') {
    res.end();
    return;
  }
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let open: Readable | undefined;
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { path, modified_at } of files) {
    const options = { mtime: new Date(modified_at), mode: 0o100644, compress: !DENSE.test(mediaTypeOf(path)) };
    const inner = within === '.' ? path : path.slice(within.length + 1);
    zip.addReadStreamLazy(inner, options, (give) => {
      workspace.stream(path).then(
        ({ body }) => {
          open = body;
          if (output.destroyed) body.destroy();
          else give(null, body);
        },
        (error: unknown) => output.destroy(error as Error),
      );
    });
  }
  zip.end();
  try {
    await pipeline(output, res);
  } catch (error) {
    if (!res.destroyed && !res.headersSent) throw error;
    res.destroy(); // the reader has gone, or learns from the cut that the zip is not whole
  } finally {
    open?.destroy();
  }
}
