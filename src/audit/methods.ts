import type { Language } from '../../schemas/language';
import type { Method } from '../../schemas/audit/deliverables';
import { formatIn } from './format';
import { LONGEST_PAYBACK_MONTHS } from './levers';
import { SIMILAR_FROM } from './near-duplicates';
import { MINUTES_OF_A_DAY } from './normalise';
import { sayIn } from './language';

/** The methods of the field that the reports name, each with its source. */
export type MethodId =
  | 'exactness'
  | 'pareto'
  | 'lean'
  | 'costing'
  | 'sensitivity'
  | 'duplicates'
  | 'index'
  | 'levers'
  | 'three_points'
  | 'payback'
  | 'reconciliation';

export function methodsFor(ids: readonly MethodId[], language: Language): Method[] {
  return ids.map((id) => methodFor(id, language));
}

function methodFor(id: MethodId, language: Language): Method {
  const say = sayIn(language);
  switch (id) {
    case 'exactness':
      return {
        name: say('Exact arithmetic', 'Arithmétique exacte'),
        words: say(
          `Minutes are held to the millionth and money as whole fractions; every figure is computed from the rows and rounded once (half up), so a yearly figure may differ by cents from a multiple of the printed monthly one. Parts of a table are apportioned by largest remainder: they add up to the total, and shares to 100.0%. A row above ${formatIn('en').number(MINUTES_OF_A_DAY)} minutes for each day covered is set aside. Spellings of a category that differ only in case or spaces are one category.`,
          `Les minutes sont tenues au millionième et les montants en fractions entières ; chaque chiffre est calculé depuis les lignes et arrondi une seule fois, si bien qu’un montant annuel peut différer de quelques centimes d’un multiple du montant mensuel imprimé. Les parties d’un tableau sont réparties au plus fort reste : elles font exactement le total, et les parts 100,0 %. Une ligne de plus de ${formatIn('fr').number(MINUTES_OF_A_DAY)} minutes par jour couvert est écartée. Les graphies d’une catégorie qui ne diffèrent que par la casse ou les espaces n’en font qu’une.`,
        ),
        source: 'Balinski & Young, Fair Representation (1982), on Hamilton’s method; ISO 4217',
      };
    case 'pareto':
      return {
        name: say('Pareto analysis', 'Analyse de Pareto'),
        words: say(
          'Categories and rows are ranked by minutes; class A begins within the first 80% of the minutes, B within 95%, C is the rest.',
          'Catégories et lignes sont classées par minutes ; la classe A commence dans les premiers 80 % des minutes, B dans 95 %, C est le reste.',
        ),
        source: 'Juran, Quality Control Handbook (1951)',
      };
    case 'lean':
      return {
        name: say('Eight wastes of Lean', 'Huit gaspillages du Lean'),
        words: say(
          'A row is given a waste by the words of its text, in English or French: one telling phrase, or two weak ones, read in their context. Negated words, names of screens and documents, and rows about building something do not count. A category such as “corrections” or “complaints” is evidence of rework. If a row speaks for several wastes, the best supported one counts; between equals, the one that the text mentions first. Without evidence a row stays unclassified. Words show where to look; a visit to the work confirms it.',
          'Une ligne est rattachée à un gaspillage d’après les mots de son texte, en français ou en anglais : une expression probante, ou deux indices plus faibles, lus dans leur contexte. Les négations, les noms d’écrans ou de documents et les lignes qui décrivent la création d’un outil ne comptent pas. Une catégorie telle que « corrections » ou « réclamations » est un indice de reprise. Si une ligne relève de plusieurs gaspillages, le mieux étayé est retenu ; à égalité, le premier mentionné. Sans indice, la ligne reste non classée. Les mots indiquent où regarder ; une observation sur le terrain confirme.',
        ),
        source:
          'Ohno, Toyota Production System (1988); Liker, The Toyota Way (2004); Tapping & Shuker, Value Stream Management for the Lean Office (2003)',
      };
    case 'costing':
      return {
        name: say('Activity-based costing', 'Coûts par activité'),
        words: say(
          'Cost = minutes ÷ 60 × hourly rate, per row, then scaled.',
          'Coût = minutes ÷ 60 × taux horaire, par ligne, puis extrapolé.',
        ),
        source: 'Kaplan & Anderson, Time-Driven Activity-Based Costing, Harvard Business Review, November 2004',
      };
    case 'sensitivity':
      return {
        name: say('One-at-a-time sensitivity', 'Sensibilité, une entrée à la fois'),
        words: say(
          'Each input is moved alone by the step named, the others stay; ranked by the swing of the yearly cost (tornado).',
          'Chaque entrée varie seule, du pas indiqué, les autres restant fixes ; classement par écart du coût annuel (tornade).',
        ),
        source: 'Eschenbach, Spiderplots versus Tornado Diagrams for Sensitivity Analysis, Interfaces 22(6), 1992',
      };
    case 'duplicates':
      return {
        name: say('Near-duplicate texts', 'Textes quasi identiques'),
        words: say(
          `Texts are compared by their content words (numbers alike, endings cut). Candidates come from MinHash with 32 bands of 3, and are verified: Jaccard similarity of at least ${SIMILAR_FROM} to the first text of the group. In each group the largest row is kept, the others repeat it.`,
          `Les textes sont comparés par leurs mots significatifs (les nombres sont équivalents, les terminaisons ignorées). Les candidats viennent de MinHash (32 bandes de 3) et sont vérifiés : similarité de Jaccard d’au moins ${String(SIMILAR_FROM).replace('.', ',')} avec le premier texte du groupe. Dans chaque groupe, la plus longue ligne est gardée, les autres la répètent.`,
        ),
        source: 'Broder, On the Resemblance and Containment of Documents (1997); Jaccard (1901)',
      };
    case 'index':
      return {
        name: say('Friction index', 'Indice de friction'),
        words: indexDefinition(language),
        source: say(
          'Own definition, after process efficiency (value-adding ÷ total time): George, Lean Six Sigma for Service (2003)',
          'Définition propre, d’après l’efficience de processus (temps utile ÷ temps total) : George, Lean Six Sigma for Service (2003)',
        ),
      };
    case 'levers':
      return {
        name: 'ECRS',
        words: say(
          'Eliminate, combine, rearrange, simplify: here as eliminate, merge, automate, delegate and batch. A row belongs to a scenario by the evidence in it. In the combined plan each row belongs to one step only: the one that likely saves most of it; between equals, the first in this order.',
          'Éliminer, combiner, réarranger, simplifier : ici supprimer, fusionner, automatiser, déléguer et regrouper. Une ligne relève d’un scénario d’après ses indices. Dans le plan combiné, chaque ligne ne relève que d’une étape : celle qui lui fait gagner le plus ; à égalité, la première dans cet ordre.',
        ),
        source: 'Barnes, Motion and Time Study (7th ed., 1980)',
      };
    case 'three_points':
      return {
        name: say('Three-point estimates', 'Estimations à trois points'),
        words: say(
          'Low, likely and high percentages are planning assumptions of this method, listed with each scenario; they are not measurements of this work. Confirm them in a pilot of two weeks before committing money.',
          'Les pourcentages bas, probable et haut sont des hypothèses de planification de cette méthode, listées par scénario ; ce ne sont pas des mesures de ce travail. Les confirmer par un pilote de deux semaines avant d’engager de l’argent.',
        ),
        source:
          'Malcolm, Roseboom, Clark & Fazar, Application of a Technique for R&D Program Evaluation, Operations Research 7(5), 1959',
      };
    case 'payback':
      return {
        name: say('Pay-back', 'Délai d’amortissement'),
        words: say(
          `One-off effort ÷ saving a month, undiscounted, rounded up to a tenth of a month. Effort is own hours at the same hourly rate; licences and outside help are not in it. What takes more than ${LONGEST_PAYBACK_MONTHS} months is left out of the plan.`,
          `Effort unique ÷ gain mensuel, sans actualisation, arrondi au dixième de mois supérieur. L’effort est en heures internes au même taux ; licences et aide extérieure n’y sont pas. Ce qui dépasse ${LONGEST_PAYBACK_MONTHS} mois n’entre pas dans le plan.`,
        ),
        source: 'Brealey, Myers & Allen, Principles of Corporate Finance, ch. 5',
      };
    case 'reconciliation':
      return {
        name: say('Reconciliation', 'Rapprochement'),
        words: say(
          `Every shared figure is computed again from the input and compared with what each deliverable states, to the smallest unit of money.`,
          `Chaque chiffre commun est recalculé depuis l’entrée et rapproché de celui de chaque livrable, à la plus petite unité monétaire près.`,
        ),
        source: say('ISA 520, analytical procedures (IAASB)', 'ISA 520, procédures analytiques (IAASB)'),
      };
  }
}

export function indexDefinition(language: Language): string {
  return sayIn(language)(
    'Index = minutes of the rows with at least one sign of friction ÷ all counted minutes × 100. Signs: repeated work, interruptions, hand-overs, waiting, rework, bouncing work. 0: no minute is in such a row; 100: every minute is. Below 20 low, below 40 moderate, below 60 high, from 60 severe.',
    'Indice = minutes des lignes qui présentent au moins un signe de friction ÷ total des minutes comptées × 100. Signes : travail répété, interruptions, passages de relais, attentes, reprises, allers-retours. 0 : aucune minute n’en relève ; 100 : toutes en relèvent. Moins de 20 faible, moins de 40 modéré, moins de 60 élevé, à partir de 60 sévère.',
  );
}
