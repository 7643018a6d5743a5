package dev.polycert.vendor.acme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Failure;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.Finding;
import dev.polycert.domain.Issuer;
import dev.polycert.domain.Obstacle;
import dev.polycert.domain.ValidationLook;
import dev.polycert.provider.Applications;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.ValidationMethod;
import dev.polycert.testing.Resources;
import dev.polycert.testing.StartsProcesses;
import dev.polycert.vendor.acme.AcmeFixture.Applied;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Certificates for IP addresses (RFC 8738). */
@StartsProcesses
class AcmeAddressesTest {
  @RegisterExtension final Resources resources = new Resources();
  private final FakeCa ca = resources.add(new FakeCa().calls("ca.example"));
  private final AcmeFixture acme =
      resources.add(AcmeFixture.at(ca.directory()).look(new NoNames()));

  /** Fails where the DNS is asked for an address. */
  private record NoNames() implements ValidationLook {
    @Override
    public Uni<Finding> record(String name, String type, String value, Instant deadline) {
      throw new AssertionError(name);
    }

    @Override
    public Uni<Finding> file(String url, String content, Instant deadline) {
      return AcmeFixture.SEES_ALL.file(url, content, deadline);
    }

    @Override
    public Uni<Optional<Obstacle>> obstacle(DomainName name, Issuer issuer, Instant deadline) {
      assertThat(name.isAddress()).isFalse();
      return ValidationLook.super.obstacle(name, issuer, deadline);
    }
  }

  private static Applications order() {
    return Applications.forDomain("2001:DB8::0:1")
        .validation(ValidationMethod.FILE)
        .key(KeyAlgorithm.EC_P256);
  }

  @Test
  void areAskedForAsAddressesInTheProfileThatHasThem() {
    Applied applied = acme.apply(order().option("alternativeNames", "192.0.2.1 www.fake.example"));

    JsonNode sent = ca.received("new-order").getFirst();
    assertThat(sent.path("profile").asText()).isEqualTo("shortlived");
    assertThat(StreamSupport.stream(sent.path("identifiers").spliterator(), false))
        .extracting(it -> it.path("type").asText() + " " + it.path("value").asText())
        .containsExactlyInAnyOrder("ip 2001:db8::1", "ip 192.0.2.1", "dns www.fake.example");
    assertThat(applied.issued().certificate().names())
        .containsExactlyInAnyOrder("2001:db8::1", "192.0.2.1", "www.fake.example");
  }

  @Test
  void aProfileThatIsAskedForIsKept() {
    acme.apply(order().option("profile", "tlsserver"));

    assertThat(ca.received("new-order").getFirst().path("profile").asText()).isEqualTo("tlsserver");
  }

  @Test
  void cannotBeValidatedByDns() {
    Applications named =
        Applications.forDomain("www.fake.example").option("alternativeNames", "192.0.2.1");

    for (Applications dns : Set.of(order().validation(ValidationMethod.DNS), named)) {
      assertThat(acme.prepare(dns.application()))
          .isInstanceOfSatisfying(
              Failure.Refused.class,
              refused ->
                  assertThat(refused.error().message())
                      .endsWith("is an IP address, which DNS cannot validate; use FILE"));
    }
  }

  @Test
  void mayBeInTheApplicantsOwnRequest() {
    Csr csr =
        Csr.of(PemKeys.generate(KeyAlgorithm.EC_P256), Set.of(DomainName.ofHost("2001:db8::1")));
    String pem = PemKeys.block("CERTIFICATE REQUEST", csr.der());

    Applied applied = acme.apply(order().information(new Information(null, null, null, pem, null)));

    assertThat(applied.issued().certificate().names()).containsExactly("2001:db8::1");
  }

  @Test
  void standInBracketsWhereTheFileIs() {
    ca.wantsProofs().distorts(AcmeAddressesTest::atAnAddress);

    assertThat(acme.apply(order()).progress().validations())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.url())
                    .isEqualTo("http://[2001:db8::1]/.well-known/acme-challenge/t0ken"));
  }

  private static FakeCa.Reply atAnAddress(String operation, FakeCa.Reply usual) {
    return new FakeCa.Reply(
        usual.status(),
        usual.headers(),
        usual
            .body()
            .replace(
                "{\"type\":\"dns\",\"value\":\"www.fake.example\"}",
                "{\"type\":\"ip\",\"value\":\"2001:db8::1\"}")
            .replace("dns-01", "http-01"));
  }
}
