-- The keys of the API. Their records have hashes alone.
CREATE TABLE polycert.api_key (
  id text COLLATE "C" PRIMARY KEY,
  created bigint NOT NULL,
  -- The whole record as JSON.
  content text NOT NULL
);
