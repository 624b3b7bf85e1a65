import type { FileReading } from '../../schemas/order';

/** Reads a file of an order. What cannot be read is an outcome, not an error. */
export interface OrderReader {
  read(path: string, options: { file: string; language: 'en' | 'fr' }, signal?: AbortSignal): Promise<FileReading>;
}

export function createOrderReader(): OrderReader {
  return {
    read: () => Promise.reject(new Error('the reader is not merged yet')),
  };
}
