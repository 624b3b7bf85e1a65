/**
 * The door of the local Temporal's Web UI. The UI answers by whatever name it is called, so a web page that makes a name
 * of its own mean this machine (DNS rebinding) could read and end runs through it. Therefore the UI listens where no
 * page finds it, and a process at its port lets only calls by this machine's own names through.
 */
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { dirname } from 'node:path';
import { isOwnName } from '../access/here';
import { freePorts } from './ports';

export interface Place {
  host: string;
  port: number;
}

/** The place where the UI hides: drawn once, kept in a file. On Linux any address that begins with 127 is loopback. */
export async function hidingPlace(file: string): Promise<Place> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Place;
  } catch {
    const [port = 0] = await freePorts(1);
    const host =
      process.platform === 'linux' ? ['127', ...[1, 2, 3].map(() => randomInt(1, 255))].join('.') : '127.0.0.1';
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ host, port }), { mode: 0o600 });
    return { host, port };
  }
}

/** A server that passes on requests by this machine's own names, and refuses all others. */
export function createDoor(behind: Place): Server {
  return createServer((req, res) => {
    if (!isOwnName(req.headers.host)) {
      res.writeHead(403, { 'content-type': 'text/plain' });
      res.end('This page is for http://localhost and http://127.0.0.1 alone.\n');
      return;
    }
    const onward = request({ ...behind, method: req.method, path: req.url, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => {
      if (res.headersSent) res.destroy();
      else res.writeHead(502, { 'content-type': 'text/plain' }).end('Temporal’s Web UI does not answer.\n');
    });
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  });
}

if (require.main === module) {
  const [port, host = '', hidden] = process.argv.slice(2);
  createDoor({ host, port: Number(hidden) }).listen(Number(port), '127.0.0.1');
}
