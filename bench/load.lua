-- Load for one scenario: requests from a file, one per line (method, path, body with @ for a twelve-digit number never used twice), in turn.
-- Prints one line of JSON when it is done.
local requests, at, serial = {}, 0, 0

function init(args)
  math.randomseed(os.time())
  serial = 100000000000 + math.random(1, 1000000) * 10000
  local headers = {}
  for line in io.lines(args[1]) do
    local method, path, body = line:match('^(%S+)\t(%S+)\t?(.*)$')
    if method == 'HEADER' then headers[path] = body
    else
      requests[#requests + 1] = { method = method, path = path, body = body ~= '' and body or nil, headers = headers,
        text = method == 'GET' and wrk.format(method, path, headers) or nil }
    end
  end
end

function request()
  at = at % #requests + 1
  local r = requests[at]
  if r.text then return r.text end
  serial = serial + 1
  return wrk.format(r.method, r.path, r.headers, (r.body:gsub('@', tostring(serial))))
end

function done(summary, latency)
  local e = summary.errors
  print(string.format('BENCH {"requests":%d,"seconds":%.3f,"p50":%.3f,"p95":%.3f,"p99":%.3f,"failed":%d,"bytes":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    e.connect + e.read + e.write + e.status + e.timeout, summary.bytes))
end
