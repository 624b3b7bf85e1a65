/**
 * Built-in functions taken once. In a vm context, which the workflow sandbox and jest are, every look at a global goes
 * through an interceptor, several times the cost of the call itself; these are called for every node and element.
 */
export const { isArray } = Array;
const buffers = ArrayBuffer;
export const isView = (value: unknown): value is ArrayBufferView => buffers.isView(value);
export const { hasOwn, keys: keysOf } = Object;
export const { isFinite, isInteger, isSafeInteger } = Number;
export const { ceil, min } = Math;
