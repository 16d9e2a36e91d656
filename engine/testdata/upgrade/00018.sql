UPDATE item SET removed = 1700000117000 WHERE id = 'seed-2';
