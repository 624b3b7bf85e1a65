/** Names by which people say what a member of a context is, in English and French. */

/** A name as it is compared: small letters without accents and separators. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[\p{M}\s_-]/gu, '')
    .toLowerCase();

const setOf = (names: string) => new Set(names.trim().split(/\s+/));

const WORK = setOf(`
  tasks task tasklist todo todos todolist requirements requirement steps step features feature stories userstories
  checklist actions actionitems milestones deliverables objectives goals work workitems backlog issues tickets bugs
  phases stages acceptancecriteria criteria definitionofdone subtasks children tests remaining pending open next
  nextsteps taches tache exigences exigence etapes etape fonctionnalites actionsafaire jalons livrables objectifs
  criteres criteresdacceptation soustaches afaire chantiers besoins
`);
const CRITERIA = setOf(`acceptancecriteria criteria definitionofdone acceptance criteres criteresdacceptation`);
const TITLES = [
  ...['title', 'name', 'task', 'summary', 'label', 'text', 'requirement', 'step', 'feature', 'story', 'subject'],
  ...['titre', 'nom', 'tache', 'libelle', 'intitule', 'exigence', 'etape', 'description', 'what', 'id', 'key'],
];
const OWNER = setOf(`owner assignee assignedto responsible who lead responsable proprietaire assignea qui pilote`);
const DUE = setOf(`due duedate deadline dueby by until enddate target targetdate echeance datelimite delai pourle`);
const STATUS = setOf(`status state progress stage statut etat avancement`);
const DONE = setOf(`done completed complete finished checked closed isdone fait termine acheve`);

const DONE_WORDS = setOf(`
  done completed complete finished closed resolved shipped delivered merged passed success succeeded ok yes true x 100%
  fait faite termine terminee fini finie livre livree clos close resolu resolue valide validee oui acheve achevee
`);

const OPEN_WORDS = setOf(`
  open todo new planned notstarted started inprogress ongoing wip doing pending blocked review inreview waiting
  ouvert ouverte afaire prevu prevue planifie planifiee encours bloque bloquee enattente nouveau nouvelle
`);

/** Whether a list of this name is work to be done. */
export const isWork = (name: string): boolean => WORK.has(plain(name));

/** Whether a member of this name says when work is accepted. */
export const isCriteria = (name: string): boolean => CRITERIA.has(plain(name));

/** Whether a word or a flag says that something is done. */
export const saysDone = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && DONE_WORDS.has(plain(value)));

/** Whether a word is the state of work, done or not, and not that of a thing: an account is active. */
export const isWorkState = (value: unknown): boolean =>
  saysDone(value) || (typeof value === 'string' && OPEN_WORDS.has(plain(value)));

/** Roles of an object's members. */
export type Role = 'owner' | 'due' | 'status' | 'done';

export function roleOf(name: string): Role | undefined {
  const word = plain(name);
  if (OWNER.has(word)) return 'owner';
  if (DUE.has(word)) return 'due';
  if (DONE.has(word)) return 'done';
  return STATUS.has(word) ? 'status' : undefined;
}

/** The member that names an object, of those that it has. */
export function titleOf(names: readonly string[]): string | undefined {
  const words = new Map(names.map((name) => [plain(name), name]));
  const found = TITLES.find((title) => words.has(title));
  return found === undefined ? undefined : words.get(found);
}
