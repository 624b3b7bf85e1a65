import type { Lexicon } from './topics';

/** French words that are evidence of a waste or of friction, without accents; see `phrases.ts` for the notation. */
export const french: Lexicon = {
  waiting: `attend, attends, attendre, attente, attentes, attendons, attendent, en attendant, patienter, bloque, bloquee,
    bloques, bloquees, en suspens, sans reponse, pas de reponse, toujours pas, tant que, temps de chargement, lenteur*,
    logiciel lent, file d attente, relancer .. pour obtenir, relancer .. pour avoir, relance .. pour obtenir,
    relance .. pour avoir, relances internes, ?relance, ?relances, ?relancer, ?retard, ?lent, ?delai, ?delais`,
  overprocessing: `double controle, double verification, controler deux fois, controle deux fois, verifier deux fois,
    verifie deux fois, reverifi*, recontrol*, re verifi*, re control*, contre verification, contre signature, double
    validation, double signature, triple validation, deuxieme validation, seconde validation, troisieme validation,
    deuxieme signature, seconde signature, imprimer et signer, imprimer .. signer, imprimer .. scanner, imprimer .. numeriser,
    ligne a ligne, ligne par ligne, mise en forme, remise en forme, remettre en forme, reformater, pointer .. a la main, pointage
    manuel, pointage a la main, controle exhaustif, inutile, inutiles, inutilement, superflu*, trois exemplaires, double exemplaire,
    ?une seconde fois, ?encore une fois, ?presentation`,
  rework: `corriger, corrige, corriges, corrigee, correction, corrections, erreur, erreurs, errone*, refaire, refait, refaits,
    a refaire, rectifi*, litige*, anomalie*, rejet, rejets, rejete*, refuse, refusee*, incomplet*, mauvais, mauvaise,
    faute, fautes, reemet*, re emet*, reedit*, annuler et, annule et, contre passer, contrepass*, extourn*, regularis*,
    retraiter, retraitement, non conforme*, numero manquant, piece manquante, pieces manquantes,
    bug, bugs, debug*, correctif, correctifs, panne, pannes, plantage*, plante plus, dysfonctionnement*, ne fonctionne pas, ne fonctionne plus, ne
    marche pas, ne marche plus, ne repond pas, ne repond plus, ne charge pas, casse, cassee, casses, cassees, endommage*, degrade,
    degradee, degrades, reparer, reparation*, depann*, fuite, fuites, defectueu*, impossible d, impossible de, probleme,
    problemes, reinstallation, ont expire, a expire,
    ?ecart, ?ecarts, ?manquant, ?manquante, ?manquants, ?reprendre, ?reprise, ?faux, ?a nouveau`,
  handover: `?transmettre .. a, ?transmettre .. au, ?transmettre .. aux, ?transmis au, ?transmis a, ?transmise au, ?transferer .. a, ?transferer .. au,
    ?transferer .. aux, faire suivre, renvoyer .. a, renvoyer .. au, renvoye au, renvoyee au, ?rediriger, ?reorienter, passer .. au service,
    ?passe par, ?passage par, ?escalade*, aller retour, allers retours, aller et retour, va et vient, ?reaffect*, passation de dossier*, ?passation*, ?remonter .. au,
    ?remonter .. a, entre services, entre les services, d un service a l autre, au bon service, au bon interlocuteur,
    ?transmettre, ?transmis, ?transmission, ?aupres du, ?aupres de, ?service, ?equipe, ?collegue*`,
  motion: `ressaisi*, re saisi*, resaisi*, double saisie, saisie manuelle, saisies manuelles, saisir manuellement, saisir a la main,
    saisie a la main, saisir .. deux fois, saisi deux fois, copier coller, copie colle, copier .. dans, recopi*,
    reporter .. dans, exporter .. importer, exporter .. excel, export .. excel, extraire .. excel, ?basculer, jongler,
    deux logiciels, trois logiciels, plusieurs logiciels, deux outils, trois outils, plusieurs outils, d un logiciel a l autre,
    d un outil a l autre, chercher le, chercher la, chercher les, chercher dans, rechercher le, rechercher la, rechercher les, rechercher dans, retrouver le,
    retrouver la, retrouver les, recherche du, recherche de la piece, recherche d un dossier, ?se connecter, ?connexion a, ?connexion au,
    ?recherche de, ?recherche d, ?chercher, ?retrouver, telecharger .. deposer, telecharger .. enregistrer, telecharger .. ranger, deposer .. sur, renommer,
    ?excel, ?tableur, ?a la main, ?telecharger, ?saisir .. dans, ?manuellement`,
  backlog: `arriere, arrieres, en souffrance, accumul*, pile, piles, empil*, rattrap*, non traite*, reste a traiter, restant a
    traiter, restees .. semaine, dossiers ouverts, anciens dossiers, mails non lus, messages non lus, boite pleine, de la veille,
    de la semaine derniere, du mois precedent, depuis plusieurs semaines, depuis plusieurs mois, ?stock de, ?du mois dernier,
    ?en retard, ?non lettre*, ?anciens, ?anciennes`,
  overproduction: `personne ne lit, personne n utilise, personne ne l ouvre, personne ne consulte, personne ne demande, plus personne, jamais lu,
    jamais lue, jamais consulte*, jamais utilise*, jamais ouvert*, au cas ou, pour information seulement, en copie de tous,
    a tout le monde, a toute l equipe, a toute la direction, a tous les responsables, meme rapport, memes chiffres, meme
    tableau, exemplaire supplementaire, non demande*, que personne, ?par precaution, ?imprimer, ?pour information, ?liste de diffusion`,
  unused_skill: `pourrait etre fait*, pourrait etre confie*, pourrait etre delegue*, pourraient etre confie*, surqualifi*, sous qualifi*, tache
    simple, taches simples, sans valeur ajoutee, par le chef*, par la cheffe, par le responsable, par la responsable,
    par la directrice, par le directeur, photocop*, mise sous pli, affranchi*, au lieu de conseiller, au lieu d analyser,
    au lieu de controler, classement papier, archivage papier, ?chef comptable, ?cheffe comptable, ?expert, ?classement, ?classer,
    ?numeriser`,
  interruption: `interromp*, interruption*, derang*, telephone sonne, appel imprevu, appels imprevus, imprevu*, urgence*, urgent*,
    toutes affaires cessantes, question rapide, questions rapides, sans cesse, en permanence, a tout moment, au fil de l eau,
    sollicitation*, passage au bureau, passages au bureau, notification*, ?appel, ?appels, ?telephone`,
  bouncing: `aller retour, allers retours, aller et retour, va et vient, renvoye*, retourne*, revient, reviennent, revenu*, a plusieurs
    reprises, plusieurs fois, troisieme fois, deuxieme fois, seconde fois, ping pong, ?a nouveau`,
};
