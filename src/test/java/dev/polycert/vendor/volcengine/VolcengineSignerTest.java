package dev.polycert.vendor.volcengine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Credentials;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signatures were computed apart from our code, step by step as the vendor's client does. */
class VolcengineSignerTest {
  private final VolcengineSigner signer =
      new VolcengineSigner(
          Credentials.known("AKLTfake", "fake-secret-for-tests", null), Clock.systemUTC());

  @ParameterizedTest
  @CsvSource({
    "GET, Action=ListRecords&Version=2018-08-01&ZID=304092&Host=@&Type=TXT&SearchMode=exact&PageSize=500,"
        + " '', cb92a6f77c2c15eb4176cf23345a96f9ad8dbf4b4d3a1740cc7e6ba18f6341da",
    "GET, PageSize=500&SearchMode=exact&Type=TXT&Host=%40&ZID=304092&Version=2018-08-01&Action=ListRecords,"
        + " '', cb92a6f77c2c15eb4176cf23345a96f9ad8dbf4b4d3a1740cc7e6ba18f6341da",
    "POST, Action=DeleteRecord&Version=2018-08-01, '{\"RecordID\":\"907925684\"}',"
        + " d1d98d2ca1e22a278014a9147c0c09332f544df5339bb822953f3974b14fb23d"
  })
  void signsAsTheVendorsClientDoes(String method, String query, String body, String signature) {
    String header =
        signer.authorization(
            Instant.parse("2026-11-29T12:00:00Z"),
            method,
            URI.create("https://open.volcengineapi.com/?" + query),
            body.getBytes(UTF_8));

    assertThat(header)
        .isEqualTo(
            "HMAC-SHA256 Credential=AKLTfake/20261129/cn-beijing/dns/request,"
                + " SignedHeaders=content-type;host;x-content-sha256;x-date, Signature="
                + signature);
  }
}
