import type { Family } from '../family';
import { approvalFamily } from './approval';
import { backgroundFamily } from './background';
import { changeFamily } from './change';
import { addColumnFamily, renameFamily, scaleFamily, selectFamily } from './columns';
import {
  alwaysFamily,
  checkFamily,
  ifFamily,
  notFamily,
  orderFamily,
  otherwiseFamily,
  soFamily,
  waitFamily,
} from './control';
import { conflictFamily } from './conflict';
import { convertFamily } from './convert';
import { dropTableFamily, executeFamily, insertFamily } from './database';
import { collectFamily, eachFamily, failureFamily, listedFamily } from './each';
import { createTableFamily } from './create';
import { fetchFamily } from './fetch';
import { calculateFamily, countFamily, groupFamily, sumFamily } from './figures';
import { deleteFilesFamily, listFilesFamily, searchFilesFamily } from './files';
import { caseFamily, distinctFamily, dropRowsFamily, keepFamily } from './filter';
import { joinFamily, joinHowFamily } from './join';
import { layoutFamily } from './layout';
import { credentialFamily, loginFamily, tokenFamily } from './login';
import { forgetFamily, keepTextFamily, recallFamily, searchMemoryFamily } from './memory';
import { moveFilesFamily } from './move-files';
import { messageFamily, notifyFamily } from './notify';
import { sortFamily, topFamily } from './order';
import { pagingFamily } from './paging';
import { pollFamily } from './poll';
import { rememberFamily, renderFamily } from './render';
import { reportFamily } from './report';
import { saveFamily } from './save';
import { callFamily, sendFamily } from './send';
import { toolFamily } from './tool';
import { unionFamily } from './union';

/** Everything that goals may ask for. Where a clause fits two families alike, the first one has it. */
export const families: readonly Family[] = [
  approvalFamily,
  notFamily,
  failureFamily,
  conflictFamily,
  eachFamily,
  ifFamily,
  otherwiseFamily,
  alwaysFamily,
  checkFamily,
  soFamily,
  orderFamily,
  waitFamily,
  pollFamily,
  loginFamily,
  tokenFamily,
  credentialFamily,
  toolFamily,
  callFamily,
  executeFamily,
  changeFamily,
  createTableFamily,
  dropTableFamily,
  deleteFilesFamily,
  moveFilesFamily,
  listFilesFamily,
  searchFilesFamily,
  renderFamily,
  reportFamily,
  distinctFamily,
  topFamily,
  rememberFamily,
  selectFamily,
  renameFamily,
  addColumnFamily,
  scaleFamily,
  keepTextFamily,
  searchMemoryFamily,
  forgetFamily,
  recallFamily,
  keepFamily,
  dropRowsFamily,
  caseFamily,
  groupFamily,
  countFamily,
  calculateFamily,
  sumFamily,
  sortFamily,
  unionFamily,
  joinFamily,
  joinHowFamily,
  insertFamily,
  notifyFamily,
  messageFamily,
  sendFamily,
  convertFamily,
  saveFamily,
  collectFamily,
  pagingFamily,
  fetchFamily,
  listedFamily,
  layoutFamily,
  backgroundFamily,
];
