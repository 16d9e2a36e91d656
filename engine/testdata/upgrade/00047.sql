INSERT INTO judged (org, project, done, review, asked, accepted) SELECT p.org, p.id,
  (SELECT COUNT(*) FROM consensus c WHERE c.org = p.org AND c.project = p.id AND c.state = 'done'),
  (SELECT COUNT(*) FROM consensus c WHERE c.org = p.org AND c.project = p.id AND c.state = 'review'),
  (SELECT COUNT(*) FROM consensus c WHERE c.org = p.org AND c.project = p.id AND c.asked > 0),
  (SELECT COUNT(*) FROM accepted a WHERE a.org = p.org AND a.project = p.id) FROM project p;
INSERT INTO figures (org, project, annotator, seq, body)
  SELECT id, 'seeds', 'seed-person', 3, '{"version":1,"said":[1,0],"shared":[],"same":0,"known":0,"right":0,"took":[0,0,1]}' FROM org;
