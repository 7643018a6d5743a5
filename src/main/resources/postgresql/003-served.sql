-- When work that is done once in a while for all processes is due next. Times are nanoseconds since
-- 1970.
CREATE TABLE polycert.turn (
  work text COLLATE "C" PRIMARY KEY,
  next bigint NOT NULL
);

-- The keys by which machines pull certificates, by their hashes.
CREATE TABLE polycert.pull_key (
  id text COLLATE "C" PRIMARY KEY,
  created bigint NOT NULL,
  -- The whole key's record as JSON.
  content text NOT NULL
);
