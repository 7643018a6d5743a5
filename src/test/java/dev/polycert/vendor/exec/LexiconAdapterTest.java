package dev.polycert.vendor.exec;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.KnotServer;
import dev.polycert.dns.WriterSteps;
import dev.polycert.testing.Dnspython;
import dev.polycert.testing.RequiresPrograms;
import dev.polycert.testing.Resources;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code deploy/dns/lexicon.sh}: Lexicon writes to Knot. */
@RequiresPrograms({"knotd", "lexicon"})
@EnabledIf(value = "dev.polycert.testing.Dnspython#isInstalled", disabledReason = Dnspython.MISSING)
class LexiconAdapterTest {
  private static final String ZONE = "example.com";
  @RegisterExtension static final Resources RESOURCES = new Resources();
  private static KnotServer knot;

  @BeforeAll
  static void start() {
    knot = RESOURCES.add(KnotServer.start(ZONE));
  }

  @Test
  void lexiconWritesAndRemovesItsOwnAlone() {
    WriterSteps steps =
        ExecWriters.adapter(
            "lexicon.sh",
            Map.of(
                "LEXICON_PROVIDER",
                "ddns",
                "LEXICON_DDNS_AUTH_TOKEN",
                "hmac-sha256:" + KnotServer.KEY_NAME + ":" + KnotServer.KEY_SECRET,
                "LEXICON_DDNS_DDNS_SERVER",
                "127.0.0.1",
                "PYTHONPATH",
                Path.of("src/test/resources/exec/python").toAbsolutePath().toString(),
                "DNS_PORT",
                String.valueOf(knot.port())));
    DnsRecord record = txt("_acme-challenge.lexicon.example.com", "token-of-one");
    knot.add(ZONE, record.name(), "TXT", "\"of another\"");

    steps.create(record);
    steps.create(record);
    assertThat(knot.records(record.name(), "TXT"))
        .containsExactlyInAnyOrder("token-of-one", "of another");

    steps.remove(record, null);
    assertThat(knot.records(record.name(), "TXT")).containsExactly("of another");
  }
}
