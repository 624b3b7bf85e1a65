/**
 * Expressions in JSONata, each call in a realm of its own: other built-ins, no `process`, no `require`, no code from
 * strings. Only texts cross over, and the realm is thrown away afterwards. Runs in a child process alone: an expression
 * that fills the memory takes its process down (docs/decisions/035-expressions-of-users-run-in-a-child.md).
 */
import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { Json, JsonObject } from '../../schemas/json';

/** Expressions by name, evaluated on an input, or on each of its items. `time`: milliseconds in all. */
export interface Question {
  expressions: { [name: string]: string };
  input: Json;
  each: boolean;
  time: number;
}

/** Values by the names of their expressions, one row for the input or for each item; what is undefined is left out. */
export type Answer = { rows: JsonObject[] } | { fault: ExpressionFault } | { timeout: number };

/** An expression that cannot be evaluated. */
export interface ExpressionFault {
  message: string;
  /** JSONata's own code: `S0203` */
  code: string | null;
  /** the name of the expression */
  name: string | null;
  /** place of the item, where each is evaluated */
  item: number | null;
  /** letter of the expression at which it was noticed, from 1 */
  position: number | null;
}

/** Within a realm: reads the text `question`, and leaves a text in `answer`. */
const PROGRAM = `(() => {
  const { expressions, input, each } = JSON.parse(globalThis.question);
  const stringify = JSON.stringify;
  const at = { name: null, item: null };
  const say = (answer) => { globalThis.answer = stringify(answer, (_, value) =>
    value && (value._jsonata_lambda || value._jsonata_function) ? undefined : value); };
  const fail = (error) => {
    const about = Object(error);
    say({ fault: {
      message: String(about.message ?? error),
      code: typeof about.code === 'string' ? about.code : null,
      position: typeof about.position === 'number' ? about.position : null,
      ...at,
    } });
  };
  const evaluate = async () => {
    const compiled = [];
    for (const [name, text] of Object.entries(expressions)) {
      at.name = name;
      compiled.push([name, jsonata(text)]);
    }
    const rows = [];
    for (const [index, item] of (each ? input : [input]).entries()) {
      if (each) at.item = index;
      const row = [];
      for (const [name, expression] of compiled) {
        at.name = name;
        row.push([name, await expression.evaluate(item, each ? { index } : {})]);
      }
      rows.push(Object.fromEntries(row));
    }
    return { rows };
  };
  evaluate().then(say).catch(fail);
})();`;

/** What JSONata wants of Node: base64, as \`Buffer\` reads and writes it. */
const BASE64 = `const global = { Buffer: { from: function (given, encoding) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const text = String(given);
  return { toString() {
    let [out, bits, size] = ['', 0, 0];
    const [from, to] = encoding === 'base64' ? [6, 8] : [8, 6];
    for (const letter of text) {
      const value = from === 8 ? letter.charCodeAt(0) & 255 : letters.indexOf(letter);
      if (value < 0) continue;
      bits = (bits << from) | value;
      for (size += from; size >= to; size -= to) {
        const piece = (bits >> (size - to)) & ((1 << to) - 1);
        out += to === 6 ? letters[piece] : String.fromCharCode(piece);
      }
      bits &= (1 << size) - 1;
    }
    if (to === 8) return out;
    if (size > 0) out += letters[(bits << (6 - size)) & 63];
    return out + '='.repeat((4 - (out.length % 4)) % 4);
  } };
} } };`;

let loaded: Script | undefined;

/** JSONata and the program, compiled once for a process. */
const program = (): Script => (loaded ??= compile());

function compile(): Script {
  const library = readFileSync(require.resolve('jsonata'), 'utf8');
  return new Script(
    `(() => { const exports = {}; const module = { exports }; ${BASE64}\n${library}\n;const jsonata = module.exports; ${PROGRAM} })()`,
    { filename: 'expression' },
  );
}

/** Evaluates a question. Expressions that do not end, or take longer than its time, are cut off. */
export function evaluate({ time, ...question }: Question): Answer {
  const realm: { question: string; answer?: unknown } = Object.assign(Object.create(null) as object, {
    question: JSON.stringify(question),
  });
  const context = createContext(realm, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  try {
    program().runInContext(context, { timeout: time });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { timeout: time };
    throw error;
  }
  if (typeof realm.answer === 'string') return JSON.parse(realm.answer) as Answer;
  return { fault: { message: 'it has no result', code: null, name: null, item: null, position: null } };
}
