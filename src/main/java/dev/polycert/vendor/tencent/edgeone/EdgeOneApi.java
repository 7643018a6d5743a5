package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Paging;
import dev.polycert.call.Paging.Page;
import dev.polycert.call.WriteContext;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.vendor.tencent.TencentClient;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations of EdgeOne that an order needs. */
@RegisterForReflection
final class EdgeOneApi {
  static final TencentClient.Product PRODUCT =
      new TencentClient.Product("teo", "2022-09-01", EdgeOneErrors.table());

  private static final ErrorTable CHECK_ERRORS = EdgeOneErrors.ofCheck();

  /** Sites of one page. */
  private static final int PAGE = 100;

  private static final int MOST_PAGES = 100;

  /** The most that DescribeAccelerationDomains gives at once. */
  private static final int DOMAINS_PAGE = 200;

  /** The mode of domains that have certificates of Tencent Cloud SSL. */
  static final String HOSTED = "sslcert";

  private final TencentClient client;

  EdgeOneApi(TencentClient client) {
    this.client = client;
  }

  /**
   * Finds all sites with one of the names; sites of the same name differ in their alias.
   *
   * @param names none for all sites
   */
  Uni<Answer<Page<Zone>>> zones(List<String> names, CallContext context) {
    @Nullable List<Filter> filters =
        names.isEmpty() ? null : List.of(new Filter("zone-name", names));
    return Paging.all(
        MOST_PAGES,
        index ->
            zones(new DescribeZonesRequest(index * PAGE, PAGE, filters), context)
                .map(answer -> answer.map(page -> new Page<>(page.zones(), page.totalCount()))));
  }

  /** Reads one site, by its place among those of the account. */
  Uni<Answer<Zones>> zone(int offset, CallContext context) {
    return zones(new DescribeZonesRequest(offset, 1, null), context);
  }

  private Uni<Answer<Zones>> zones(DescribeZonesRequest request, CallContext context) {
    return client.read("DescribeZones", context, request, Zones.class);
  }

  /**
   * Applies for a certificate.
   *
   * @param method {@code dns_challenge} or {@code http_challenge}
   */
  Uni<Answer<Applied>> apply(
      String zoneId, DomainName domain, String method, WriteContext context) {
    Map<String, Object> request =
        Map.of("ZoneId", zoneId, "Domain", domain.ascii(), "VerificationMethod", method);
    return client.write("ApplyFreeCertificate", context, request, Applied.class);
  }

  /** Lets the vendor validate now and gives the result: a trigger that may be repeated at will. */
  Uni<Answer<FreeCertificate>> check(String zoneId, DomainName domain, CallContext context) {
    return client.read(
        "CheckFreeCertificateVerification",
        context,
        Map.of("ZoneId", zoneId, "Domain", domain.ascii()),
        FreeCertificate.class,
        CHECK_ERRORS);
  }

  /**
   * Reads the domains of a site.
   *
   * @param names those to read, 20 at most; null for a page of all
   */
  Uni<Answer<AccelerationDomains>> domains(
      String zoneId, int offset, @Nullable List<String> names, CallContext context) {
    return client.read(
        "DescribeAccelerationDomains",
        context,
        new DescribeAccelerationDomainsRequest(
            zoneId,
            offset,
            DOMAINS_PAGE,
            names == null ? null : List.of(new Filter("domain-name", names))),
        AccelerationDomains.class);
  }

  /** Gives the free certificates of these domains, made by ApplyFreeCertificate, to them. */
  Uni<Answer<Deployed>> deploy(
      String zoneId, List<String> hosts, String mode, WriteContext context) {
    Map<String, Object> request = Map.of("ZoneId", zoneId, "Hosts", hosts, "Mode", mode);
    return client.write("ModifyHostsCertificate", context, request, Deployed.class);
  }

  /** Gives domains certificates of Tencent Cloud SSL, in place of all those that they have. */
  Uni<Answer<Deployed>> use(
      String zoneId, List<String> hosts, List<String> certificateIds, WriteContext context) {
    Map<String, Object> request =
        Map.of(
            "ZoneId",
            zoneId,
            "Hosts",
            hosts,
            "Mode",
            HOSTED,
            "ServerCertInfo",
            certificateIds.stream().map(id -> Map.of("CertId", id)).toList());
    return client.write("ModifyHostsCertificate", context, request, Deployed.class);
  }

  /**
   * DescribeZones: input parameters.
   *
   * @param filters null for all sites
   */
  record DescribeZonesRequest(int offset, int limit, @Nullable List<Filter> filters) {}

  /**
   * DescribeAccelerationDomains: input parameters.
   *
   * @param filters null for all domains of the site
   */
  record DescribeAccelerationDomainsRequest(
      String zoneId, int offset, int limit, @Nullable List<Filter> filters) {}

  /** Keeps items that have one of the values. */
  record Filter(String name, List<String> values) {}

  /** DescribeZones: output parameters. */
  record Zones(Integer totalCount, List<Zone> zones) {

    Zones {
      Objects.requireNonNull(totalCount, "TotalCount");
    }
  }

  /**
   * A site.
   *
   * @param aliasZoneName distinguishes sites of the same name
   * @param type {@code partial} for CNAME access; {@code full}, {@code dnsPodAccess} and others
   * @param status {@code active}, {@code pending}, {@code moved}, {@code deactivated}, {@code
   *     initializing}
   */
  record Zone(
      String zoneId,
      String zoneName,
      @Nullable String aliasZoneName,
      @Nullable String type,
      @Nullable String status,
      @Nullable Boolean paused) {

    Zone {
      Objects.requireNonNull(zoneId, "ZoneId");
      Objects.requireNonNull(zoneName, "ZoneName");
    }
  }

  /** ApplyFreeCertificate: output parameters, one or the other. */
  record Applied(
      @Nullable DnsVerification dnsVerification, @Nullable FileVerification fileVerification) {

    Applied {
      if (dnsVerification == null && fileVerification == null) {
        throw new IllegalArgumentException("neither DnsVerification nor FileVerification");
      }
    }
  }

  /** A record to publish; see {@link DnsDelegation} for what is wrong with it. */
  record DnsVerification(String subdomain, String recordType, String recordValue) {

    DnsVerification {
      Objects.requireNonNull(subdomain, "Subdomain");
      Objects.requireNonNull(recordType, "RecordType");
      Objects.requireNonNull(recordValue, "RecordValue");
    }
  }

  /** A file to publish, fetched over plain HTTP. */
  record FileVerification(String path, String content) {

    FileVerification {
      Objects.requireNonNull(path, "Path");
      Objects.requireNonNull(content, "Content");
    }
  }

  /**
   * CheckFreeCertificateVerification: output parameters, which there are only when it is issued.
   *
   * @param commonName the domain, or a wildcard that covers it
   */
  record FreeCertificate(
      String commonName, @Nullable String signatureAlgorithm, Instant expireTime) {

    FreeCertificate {
      Objects.requireNonNull(commonName, "CommonName");
      Objects.requireNonNull(expireTime, "ExpireTime");
    }

    /**
     * Whether it serves the name. "If a wildcard domain has applied for a free certificate, its
     * subdomains use that one" (CheckFreeCertificateVerification, CommonName).
     */
    boolean covers(DomainName name) {
      return DnsNames.covers(commonName, name.ascii());
    }
  }

  /** DescribeAccelerationDomains: output parameters. */
  record AccelerationDomains(Integer totalCount, List<AccelerationDomain> accelerationDomains) {

    AccelerationDomains {
      Objects.requireNonNull(totalCount, "TotalCount");
    }
  }

  /**
   * A domain that a site accelerates, and the certificates that it has there.
   *
   * @param certificate null when there is none
   */
  record AccelerationDomain(String domainName, @Nullable HostCertificates certificate) {

    AccelerationDomain {
      Objects.requireNonNull(domainName, "DomainName");
    }

    /** Whether that is its name, in any spelling. */
    boolean isNamed(String name) {
      return DnsNames.same(domainName, name);
    }

    /** The mode; empty when the domain has no certificate. */
    String mode() {
      return certificate == null || certificate.mode() == null ? "" : certificate.mode();
    }

    /** The certificate of Tencent Cloud SSL with that id; null when the domain has not got it. */
    @Nullable HostCertificate hosted(String certificateId) {
      return hosted().stream()
          .filter(one -> certificateId.equals(one.certId()))
          .findFirst()
          .orElse(null);
    }

    /** Its certificates of Tencent Cloud SSL. */
    List<HostCertificate> hosted() {
      return certificate == null || !mode().equals(HOSTED) ? List.of() : certificate.list();
    }

    /** The first certificate; null when there is none. */
    @Nullable HostCertificate first() {
      return certificate == null || certificate.list().isEmpty()
          ? null
          : certificate.list().getFirst();
    }
  }

  /**
   * The certificates of one domain.
   *
   * @param mode {@code disable}, {@code eofreecert}, {@code eofreecert_manual}, {@code sslcert}
   */
  record HostCertificates(@Nullable String mode, List<HostCertificate> list) {}

  /**
   * A certificate of one domain.
   *
   * @param certId of Tencent Cloud SSL with the mode sslcert
   * @param expireTime ISO 8601 in UTC
   * @param status {@code deployed}, {@code processing}, {@code applying}; {@code failed}: the
   *     application failed; {@code issued}, in spite of the word: the binding failed
   */
  record HostCertificate(
      @Nullable String certId,
      @Nullable String expireTime,
      @Nullable String signAlgo,
      @Nullable String status) {}

  /** ModifyHostsCertificate: it has no output parameters of its own. */
  record Deployed() {}
}
