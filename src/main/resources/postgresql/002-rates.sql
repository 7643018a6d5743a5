-- The token buckets that all processes share. Times are nanoseconds since 1970.
CREATE TABLE polycert.rate (
  key text COLLATE "C" PRIMARY KEY,
  -- The next free slot.
  next bigint NOT NULL,
  -- When slots were last taken, by the clock of the process that took them; and the time before.
  at bigint NOT NULL,
  at_before bigint
) WITH (fillfactor = 50);
