UPDATE project SET about_names = '{"hi":"चावल"}' WHERE id = 'seeds';
