-- Where the steps that were taken are recorded. Runs before each update, so it changes nothing that
-- is there. Looking for the schema first needs fewer rights than IF NOT EXISTS does.
DO $$
BEGIN
  IF to_regnamespace('polycert') IS NULL THEN
    CREATE SCHEMA polycert;
  END IF;
END
$$;

CREATE TABLE IF NOT EXISTS polycert.schema_step (
  number integer PRIMARY KEY,
  taken_at timestamptz NOT NULL DEFAULT now()
);
