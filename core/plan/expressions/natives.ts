/**
 * Built-in functions looked up once. In a vm context, such as the workflow sandbox or jest, reading a global goes
 * through an interceptor that costs several times the call itself, and these are called for every node and element.
 */
export const { isArray } = Array;
const buffers = ArrayBuffer;
export const isView = (value: unknown): value is ArrayBufferView => buffers.isView(value);
export const { hasOwn, keys: keysOf } = Object;
export const { isFinite, isInteger, isSafeInteger } = Number;
export const { ceil, min } = Math;
