import { integer } from './kinds';
import { section, type ValuesOf } from './sections';

const workspaces = section('Workspaces: files that the steps of a run share');

/** Variables of workspaces. */
export const workspaceVariables = {
  AWE_WORKSPACE_MB: workspaces.defaulted(
    integer(1, 1_000_000, 1_024),
    '1024',
    'The most bytes that the files of a run take together, in MiB.',
  ),
  AWE_WORKSPACE_FILES: workspaces.defaulted(integer(1, 100_000, 10_000), '10000', 'The most files of a run.'),
  AWE_WORKSPACE_PATH_BYTES: workspaces.defaulted(
    integer(50, 700, 400),
    '400',
    'The longest path of a file in a workspace, in bytes of UTF-8.',
  ),
};

/** Limits of a workspace. */
export const workspaceConfig = (values: ValuesOf<typeof workspaceVariables>) => ({
  bytes: values.AWE_WORKSPACE_MB * 1_048_576,
  files: values.AWE_WORKSPACE_FILES,
  pathBytes: values.AWE_WORKSPACE_PATH_BYTES,
});
