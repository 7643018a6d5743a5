package dev.polycert.order.use;

import static dev.polycert.order.ScriptedProvider.Call.PLACE;
import static dev.polycert.order.ScriptedProvider.Call.PREPARE;
import static dev.polycert.order.VendorAnswers.progress;
import static dev.polycert.order.VendorAnswers.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.domain.DomainName;
import dev.polycert.order.ScriptedProvider;
import dev.polycert.provider.Information;
import dev.polycert.provider.Phase;
import dev.polycert.provider.Validation;
import dev.polycert.testing.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordRoomTest {
  private static final String NAME = "_acme-challenge.www.example.com";

  @RegisterExtension final Resources resources = new Resources();
  private final ScriptedProvider edge = new ScriptedProvider("edge");
  private final ScriptedProvider ca = new ScriptedProvider("ca");
  private final Desk desk = resources.add(new Desk(resources.directory(), edge, ca));

  private static void wants(ScriptedProvider provider, String name, String type) {
    provider
        .on(PREPARE, ready())
        .on(
            PLACE,
            progress(
                Phase.PENDING_VALIDATION,
                "c1",
                Validation.dns("www.example.com", name, type, "value")));
  }

  private List<Apply.Entry> apply() {
    return desk.apply
        .apply(
            new Apply.Command(
                List.of(DomainName.parse("www.example.com")),
                List.of("edge", "ca"),
                Apply.Strategy.ALL,
                null,
                null,
                Map.of(),
                Information.none(),
                null,
                false,
                false),
            desk.now().plusSeconds(60))
        .await()
        .indefinitely();
  }

  @Test
  void aRecordThatHasNoRoomBesideACnameIsNamed() {
    wants(edge, NAME, "CNAME");
    wants(ca, NAME, "TXT");

    List<Apply.Entry> entries = apply();

    assertThat(entries.getFirst().notes()).isEmpty();
    assertThat(entries.getLast().notes())
        .containsExactly(
            "_acme-challenge.www.example.com: DNS has no room for this TXT record beside the CNAME"
                + " that edge asks for; have one of the two validated by FILE, or leave one of them"
                + " out");
  }

  @Test
  void recordsOfOtherNamesOrOfOneTypeHaveRoom() {
    wants(edge, "_other.www.example.com", "CNAME");
    wants(ca, NAME, "TXT");

    assertThat(apply()).allSatisfy(entry -> assertThat(entry.notes()).isEmpty());
  }
}
