INSERT INTO heir (org, project, class, heir) SELECT id, 'seeds', 'corn', 'millet' FROM org;
