// Asks to be the only writer; writing a property first makes two that ask wait for each other.
// params: token, instead_of, seconds, host, pid, command
// returns: taken, token, host, pid, command, since
MERGE (w:LianpuWriter {id: 'writer'})
SET w.asked = $token
WITH w, w.expires IS NULL OR w.expires < datetime.realtime() OR w.token = $instead_of AS free
FOREACH (_ IN CASE WHEN free THEN [1] ELSE [] END |
  SET w.token = $token, w.host = $host, w.pid = $pid, w.command = $command,
      w.since = datetime.realtime(),
      w.expires = datetime.realtime() + duration({seconds: $seconds})
)
RETURN free AS taken, w.token AS token, w.host AS host, w.pid AS pid, w.command AS command,
       toString(datetime.truncate('second', w.since)) AS since
