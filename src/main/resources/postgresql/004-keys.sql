-- The keys of the API, by their hashes.
CREATE TABLE polycert.api_key (
  id text COLLATE "C" PRIMARY KEY,
  created bigint NOT NULL,
  -- The whole key's record as JSON.
  content text NOT NULL
);
