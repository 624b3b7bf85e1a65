/**
 * Words of a category that say that its rows are rework, folded, in both languages. They are few: a category names a
 * subject more often than a kind of work, and "claims" or "returns" are a business in themselves.
 */
export const reworkCategories = `bug, bugs, bugfix*, defect, defects, error, errors, fault, faults, correction, corrections, rework*, complaint,
  complaints, broken, breakdown*, repair, repairs, defaut, defauts, erreur, erreurs, reclamation*, anomalie*, degrade, degradee,
  degrades, degradation*, reparation*, panne, pannes, litige*, dysfonctionnement*`;
