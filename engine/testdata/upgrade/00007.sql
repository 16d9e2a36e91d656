UPDATE assignment SET proposed = 'rice', thought = 'rice', thought_p = 0.97, model = 1, shown = 1 WHERE project = 'seeds';
UPDATE annotation SET proposed = 'rice', thought = 'rice', thought_p = 0.97, model = 1, shown = 1 WHERE project = 'seeds';
