import type { Template } from './draw';

/** One working day of the accounts department (four people) of a builders' merchant, in French. */
export const comptabilite: Record<string, readonly Template[]> = {
  'Factures fournisseurs': [
    { text: 'Ressaisir dans la comptabilité la facture PDF reçue par mail de {fournisseur}', minutes: [6, 12], times: 5 },
    { text: 'Attendre le bon à payer du chef de chantier pour {fournisseur}', minutes: [8, 15], times: 3 },
    { text: 'Facture de {fournisseur} renvoyée au service achats car le numéro de commande est manquant', minutes: [6, 12], times: 3 },
    { text: 'Imprimer la facture, la faire signer puis la scanner', minutes: [4, 8], times: 3 },
    { text: 'Imputer les factures de transport', minutes: [10, 20] },
    { text: 'Rattraper la pile de factures de la semaine dernière', minutes: [30, 45] },
  ],
  'Facturation clients': [
    { text: 'Établir les factures de situation du chantier {chantier}', minutes: [10, 20], times: 3 },
    { text: 'Refaire la facture de {client} à cause d’une erreur de TVA', minutes: [8, 15], times: 2 },
    { text: 'Déposer la facture sur le portail de {client} après l’avoir renommée', minutes: [5, 10], times: 3 },
    { text: 'Double contrôle ligne par ligne des factures avant envoi', minutes: [20, 30] },
  ],
  Trésorerie: [
    { text: 'Télécharger les relevés bancaires et les enregistrer sur le serveur', minutes: [8, 12] },
    { text: 'Pointage manuel du relevé avec le tableur Excel', minutes: [20, 35] },
    { text: 'Préparer la prévision de trésorerie', minutes: [20, 30] },
    { text: 'Deuxième signature sur des virements de moins de 200 euros', minutes: [6, 10], times: 2 },
  ],
  Relances: [
    { text: 'Appeler {client} au sujet d’une facture échue', minutes: [6, 12], times: 4 },
    { text: 'Chercher dans les mails la preuve de livraison pour {client}', minutes: [8, 14], times: 3 },
    { text: 'Traiter le litige de {client} sur une livraison incomplète', minutes: [10, 18], times: 2 },
  ],
  Paie: [
    { text: 'Reporter les heures du pointage de chantier dans le logiciel de paie', minutes: [20, 30], times: 2 },
    { text: 'Corriger les heures du chantier {chantier} après réclamation', minutes: [8, 15], times: 2 },
    { text: 'Question rapide d’un salarié sur son bulletin, passage au bureau', minutes: [3, 6], times: 4 },
    { text: 'Contrôler les cotisations du mois', minutes: [15, 25] },
  ],
  Clôture: [
    { text: 'Lettrer les comptes clients', minutes: [20, 30] },
    { text: 'Relancer les conducteurs de travaux pour obtenir les en-cours', minutes: [8, 15], times: 2 },
    { text: 'Tableau de bord hebdomadaire que personne ne lit', minutes: [20, 30] },
    { text: 'Mêmes chiffres remis en forme pour la direction dans un autre fichier', minutes: [15, 25] },
    { text: 'Analyser les écarts de marge du chantier {chantier}', minutes: [15, 25] },
  ],
  'Notes de frais': [
    { text: 'Vérifier deux fois la note de frais de {salarie}', minutes: [5, 9], times: 3 },
    { text: 'Note de frais de {salarie} en attente d’un justificatif', minutes: [4, 8], times: 2 },
    { text: 'Classement papier des justificatifs par la responsable', minutes: [10, 18] },
  ],
};

export const nomsComptabilite = {
  fournisseur: ['Béton Vexin', 'Carrières du Lot', 'Ferronnerie Petit', 'Loxam', 'Bois & Dérivés'],
  client: ['la mairie de Saint-Mandé', 'Habitat 77', 'SCI des Lilas', 'Rénov’Est'],
  chantier: ['Gare-Nord', 'Les Tilleuls', 'École Pasteur'],
  salarie: ['M. Benali', 'Mme Roche', 'M. Tessier'],
};
