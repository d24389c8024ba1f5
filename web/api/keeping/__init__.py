"""What readers keep, in the API: saved searches, dossiers, passages, receipts."""
