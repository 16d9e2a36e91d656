UPDATE project SET state = 'paused', state_at = 1700000125000 WHERE id = 'seeds';
