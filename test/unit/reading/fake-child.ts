/** Children that do what no child of ours should: programs in the place of the real one. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder of compiled code whose child runs `body` for each request; it has `request` (the number), `path` (of the file),
 * `served` (requests so far, this one included), `send(number, answer, length?)`, and
 * `frame` for what that sends.
 */
export function buildWithChild(body: string): string {
  const build = mkdtempSync(join(tmpdir(), 'awe-fake-child-'));
  const folder = join(build, 'src', 'reading', 'child');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.js'), program(body));
  return build;
}

const program = (body: string) => `
let served = 0;
function frame(number, answer, length) {
  const json = Buffer.from(JSON.stringify(answer));
  const head = Buffer.alloc(8);
  head.writeUInt32LE(number, 0);
  head.writeUInt32LE(length ?? json.length, 4);
  return Buffer.concat([head, json]);
}
const send = (...message) => process.stdout.write(frame(...message));
const good = () => ({ done: { pid: process.pid, served }, peakMb: 1, spent: false });
process.stdin
  .on('data', (piece) => {
    const request = piece.readUInt32LE(0);
    const { path } = JSON.parse(piece.subarray(8)).input;
    served += 1;
    ${body}
  })
  .on('end', () => process.exit());
`;
