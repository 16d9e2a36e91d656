UPDATE project SET family = 'family-1', about = 'rice' WHERE id = 'seeds';
