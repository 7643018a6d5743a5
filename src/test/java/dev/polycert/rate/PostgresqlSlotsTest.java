package dev.polycert.rate;

import dev.polycert.postgresql.TestDatabase;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresPrograms("postgres")
class PostgresqlSlotsTest extends SlotsContractTest {
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static TestDatabase database;

  @BeforeAll
  static void connect() {
    database = RESOURCES.add(TestDatabase.empty());
  }

  @Override
  Slots slots() {
    return new PostgresqlSlots(database.database());
  }
}
