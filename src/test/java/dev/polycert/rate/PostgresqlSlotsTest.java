package dev.polycert.rate;

import dev.polycert.postgresql.ClassDatabase;
import dev.polycert.testing.RequiresPrograms;
import org.junit.jupiter.api.extension.RegisterExtension;

@RequiresPrograms("postgres")
class PostgresqlSlotsTest extends SlotsContractTest {
  @RegisterExtension static final ClassDatabase DATABASE = new ClassDatabase();

  @Override
  Slots slots() {
    return new PostgresqlSlots(DATABASE.get().database());
  }
}
