UPDATE skill SET low = 0.6, high = 0.9;
UPDATE consensus SET wants = 0, value = 0.25 WHERE project = 'seeds';
