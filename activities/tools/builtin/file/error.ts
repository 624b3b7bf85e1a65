import { ToolError } from '../../errors';
import { fileErrors } from './schema';

/** An error of a tool of files. */
export const fileError = (type: keyof typeof fileErrors, message: string): ToolError =>
  new ToolError({ class: fileErrors[type], type, message });
