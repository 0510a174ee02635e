-- For wrk: tells at the end what was answered, as a line of JSON.

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  local line = '{"requests":%d,"bytes":%d,"failed":%d,"bad":%d}'
  print(line:format(summary.requests, summary.bytes, failed, errors.status))
end
