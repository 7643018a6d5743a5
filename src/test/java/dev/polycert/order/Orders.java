package dev.polycert.order;

import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.domain.DomainName;
import dev.polycert.domain.ServedAddress;
import dev.polycert.provider.CertificateFacts;
import dev.polycert.provider.DeliveryTarget;
import dev.polycert.provider.Information;
import dev.polycert.provider.KeyAlgorithm;
import dev.polycert.provider.Reference;
import dev.polycert.provider.RenewalWindow;
import dev.polycert.provider.RevocationReason;
import dev.polycert.provider.Terms;
import dev.polycert.provider.Validation;
import dev.polycert.provider.ValidationMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Sample orders. */
public final class Orders {
  public static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

  public static final Terms TERMS =
      new Terms(ValidationMethod.DNS, KeyAlgorithm.EC_P256, Map.of(), Information.none());

  private Orders() {}

  /** A first order as it is claimed, in the state REQUESTED. */
  public static Order requested(String provider, String domain) {
    return requested(provider, "main", domain, 1, T0);
  }

  public static Order requested(
      String provider, String account, String domain, int generation, Instant createdAt) {
    return Order.requested(
        Identity.of(provider, account, DomainName.parse(domain), generation, createdAt), TERMS);
  }

  /** An order with every member set, down to the last one. */
  public static Order full() {
    DomainName name = DomainName.parse("*.example.com");
    Information information =
        new Information(
            new Information.Organization(
                "Example Ltd", "IT", "CN", "GD", "Shenzhen", "1 Way", "518000", "0755", "123456"),
            new Information.Person("A B", "A", "B", "+8613800000000", "a@example.com", "CTO"),
            new Information.Person("C D", "C", "D", "+8613900000000", "c@example.com", "Ops"),
            "-----BEGIN CERTIFICATE REQUEST-----",
            true);
    Identity identity = Identity.of("tencent-edgeone", "main", name, "rsa", 2, T0.minusSeconds(60));
    return new Order(
        new Identity(
            identity.id(),
            identity.provider(),
            identity.account(),
            name,
            "rsa",
            2,
            OrderId.of("tencent-edgeone", "main", name, 1),
            Reference.of("zoneId", "zone-1", "domain", "example.com"),
            identity.createdAt()),
        new Revision(7, T0.plusNanos(1), "key ci", Map.of()),
        OrderState.UNCERTAIN,
        new Placement(
            new Terms(
                ValidationMethod.FILE,
                KeyAlgorithm.RSA_2048,
                Map.of("plan", "free"),
                information,
                List.of(
                    new DeliveryTarget(
                        "file",
                        Map.of("directory", "/etc/tls"),
                        List.of("{domain}:8443", "10.0.0.1:443")))),
            Map.of("zoneId", "zone-2"),
            Reference.of("zoneId", "zone-2", "domain", "example.com"),
            List.of(
                Validation.dns("example.com", "_dnsauth.example.com", "TXT", "v1").withNote("soon"),
                Validation.file("example.com", "http://example.com/.well-known/a.txt", "content")),
            T0.minusSeconds(30),
            true),
        new Report(
            "deploying",
            "almost there",
            new VendorError(
                ErrorClass.THROTTLED,
                "RequestLimitExceeded",
                "slow",
                "req-1",
                Duration.ofMillis(1500))),
        new Issuance(
            new CertificateFacts(
                "example.com",
                List.of("example.com", "www.example.com"),
                "Some CA",
                "0a1b",
                "ff00",
                "RSA 2048",
                T0.plusNanos(123_456_789),
                T0.plus(Duration.ofDays(90))),
            T0.minusSeconds(20),
            new RenewalWindow(T0, T0.plusSeconds(9), "https://ca.example/why", T0.plusSeconds(3)),
            true,
            T0.minusSeconds(10),
            new Served(
                "ff01",
                2,
                T0.plusSeconds(1),
                T0.plusSeconds(2),
                List.of(
                    new ServedAddress(
                        "www.example.com:443",
                        "192.0.2.1",
                        ServedAddress.Status.OLDER,
                        "still serves an older one",
                        "0a1a",
                        "ff02",
                        T0.minusSeconds(9),
                        T0.plus(Duration.ofDays(9))))),
            RevocationReason.SUPERSEDED),
        new Schedule(3, T0.plusSeconds(5), T0.plus(Duration.ofHours(72))),
        new Intent("ApplyFreeCertificate", T0, T0.plusSeconds(30)),
        new OwnRecords(
            true,
            List.of(
                new Publication(
                    "_acme-challenge.example.com",
                    "a.validation.example.net",
                    "TXT",
                    "v2",
                    "rfc2136",
                    "validation.example.net",
                    Publication.State.WRITTEN,
                    "rec-1",
                    new VendorError(ErrorClass.RETRY, "Dns.Slow", "later", null, null),
                    1,
                    T0,
                    "token.thumbprint"))),
        List.of(
            new Delivery(
                new DeliveryTarget("file", Map.of("directory", "/etc/tls")),
                Delivery.State.WAITING,
                "/etc/tls/live",
                "f1".repeat(32),
                List.of("f2".repeat(32)),
                2,
                new VendorError(ErrorClass.RETRY, "Io", "disk full", null, null),
                T0,
                new Delivery.Progress(Map.of("recordId", "7"), T0, T0.plusSeconds(9), true))));
  }
}
