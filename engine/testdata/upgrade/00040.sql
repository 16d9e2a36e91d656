UPDATE assignment SET grid = 1700000127000 WHERE project = 'seeds';
