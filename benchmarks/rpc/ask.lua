-- For wrk: asks gallery.listPublic for pages from..to, drawn at random, and tells at the end how many answers were
-- kept ones. Arguments: from, to, limit.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  local from, to, limit = tonumber(arguments[1]), tonumber(arguments[2]), tonumber(arguments[3])
  local headers = { ["Content-Type"] = "application/json" }
  local call = '{"jsonrpc":"2.0","method":"gallery.listPublic","params":{"page":%d,"limit":%d},"id":1}'
  asked = {}
  for page = from, to do
    table.insert(asked, wrk.format("POST", nil, headers, call:format(page, limit)))
  end
  answers, hits, marked, bad = 0, 0, 0, 0
end

function request()
  return asked[math.random(#asked)]
end

function response(status, headers, body)
  answers = answers + 1
  local cache = headers["cache-status"]
  if cache then
    marked = marked + 1
    if cache == "tuku; hit" then
      hits = hits + 1
    end
  end
  if status ~= 200 or not body:find('"result":{"galleries":[{', 1, true) then
    bad = bad + 1
  end
end

function done(summary)
  local total = { answers = 0, hits = 0, marked = 0, bad = 0 }
  for _, thread in ipairs(threads) do
    for name in pairs(total) do
      total[name] = total[name] + thread:get(name)
    end
  end
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  local line = '{"requests":%d,"answers":%d,"hits":%d,"marked":%d,"bad":%d,"failed":%d}'
  print(line:format(summary.requests, total.answers, total.hits, total.marked, total.bad, failed))
end
