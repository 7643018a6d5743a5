package dev.polycert.vendor.exec;

import static dev.polycert.dns.WriterTesting.txt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.VendorError;
import dev.polycert.dns.DnsRecord;
import dev.polycert.dns.WriterSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/dns/acme-sh.sh}, with a stand-in of acme.sh and a script like those of dnsapi. */
class AcmeShAdapterTest {
  private static final Path ACME_SH = Path.of("src/test/resources/exec/acme.sh").toAbsolutePath();
  private static final String TOKEN = "token-of-a-service-for-tests";

  @TempDir Path temporary;

  private final DnsRecord record = txt("_acme-challenge.example.com", "token");

  private WriterSteps steps(Map<String, String> others) {
    Map<String, String> variables = new HashMap<>();
    variables.put("ACME_SH", ACME_SH.toString());
    variables.put("DNS_API", "dns_fake");
    variables.put("FAKE_Token", TOKEN);
    variables.put("FAKE_Zone", temporary.resolve("zone").toString());
    variables.putAll(others);
    return ExecWriters.adapter("acme-sh.sh", variables);
  }

  @Test
  void aScriptWritesAndRemoves() throws IOException {
    DnsRecord other = txt("_acme-challenge.example.com", "another");
    WriterSteps steps = steps(Map.of());

    steps.create(record);
    steps.create(other);
    steps.remove(record, null);

    assertThat(temporary.resolve("zone")).hasContent("_acme-challenge.example.com another");
    assertThat(Files.readAllLines(temporary.resolve("zone.log")))
        .hasSize(2)
        .allSatisfy(
            kept -> assertThat(Path.of(kept.replace("kept in ", ""))).doesNotExist().isAbsolute());
    assertThat(ACME_SH.resolve("account.conf")).doesNotExist();
    assertThat(Files.readAllLines(temporary.resolve("zone.agents")))
        .containsOnly("sent by acme.sh/0");
  }

  @Test
  void aRefusalIsReportedWithoutTheKey() {
    VendorError error =
        steps(Map.of()).failed(txt("_acme-challenge.example.com", "refuse")).error();

    assertThat(error.message())
        .isEqualTo("exit code 1: the token *** may not write _acme-challenge.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "DNS_API, dns_none, there is no ",
    "DNS_API, ../dns_fake, set DNS_API to the name of a script",
    "DNS_API, dns_/../x, 'DNS_API must be the name of a script, without path and .sh'",
    "ACME_SH, /nowhere, 'set ACME_SH to the directory of acme.sh; there is no '"
  })
  void whatIsNotThereIsNamed(String variable, String value, String said) {
    VendorError error = steps(Map.of(variable, value)).failed(record).error();

    assertThat(error.message()).startsWith("exit code 2: acme-sh.sh: " + said);
  }

  @Test
  void aCnameIsRefused() {
    DnsRecord alias = new DnsRecord("_a.example.com", "CNAME", "there.example.net");

    assertThat(steps(Map.of()).failed(alias).error().message())
        .contains("write TXT records alone, and this is a CNAME");
    assertThat(temporary.resolve("zone")).doesNotExist();
  }
}
