package dev.polycert.vendor.alibaba.esa;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.jspecify.annotations.Nullable;

/**
 * ESA's operations and answers as they go over the wire: one path, the operation in a header, its
 * parameters in the query, also with POST; answers with names in upper camel case.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@ClientHeaderParam(name = "x-acs-version", value = "2024-09-10")
interface EsaApi {

  @GET
  @ClientHeaderParam(name = "x-acs-action", value = "ListSites")
  Uni<Response> listSites(
      @QueryParam("SiteName") @Nullable String siteName,
      @QueryParam("SiteSearchType") @Nullable String searchType,
      @QueryParam("PageNumber") int page,
      @QueryParam("PageSize") int pageSize);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "ListCertificates")
  Uni<Response> listCertificates(
      @QueryParam("SiteId") String siteId,
      @QueryParam("Keyword") @Nullable String keyword,
      @QueryParam("PageNumber") int page,
      @QueryParam("PageSize") int pageSize);

  @GET
  @ClientHeaderParam(name = "x-acs-action", value = "GetCertificateQuota")
  Uni<Response> getCertificateQuota(
      @QueryParam("SiteId") String siteId, @QueryParam("Type") String type);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "ApplyCertificate")
  Uni<Response> applyCertificate(
      @QueryParam("SiteId") String siteId,
      @QueryParam("Domains") String domain,
      @QueryParam("Type") String type);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "GetCertificate")
  Uni<Response> getCertificate(@QueryParam("SiteId") String siteId, @QueryParam("Id") String id);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "ListCertificatesByRecord")
  Uni<Response> listCertificatesByRecord(
      @QueryParam("SiteId") String siteId,
      @QueryParam("RecordName") String recordName,
      @QueryParam("ValidOnly") boolean validOnly,
      @QueryParam("Detail") boolean detail);

  @GET
  @ClientHeaderParam(name = "x-acs-action", value = "DeleteCertificate")
  Uni<Response> deleteCertificate(@QueryParam("SiteId") String siteId, @QueryParam("Id") String id);

  @POST
  @ClientHeaderParam(name = "x-acs-action", value = "VerifySite")
  Uni<Response> verifySite(@QueryParam("SiteId") String siteId);

  /** Its parameters are a form, as bytes: sent as they are signed. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @ClientHeaderParam(name = "x-acs-action", value = "SetCertificate")
  Uni<Response> setCertificate(byte[] form);

  /** An answer of ListSites. */
  @RegisterForReflection
  record Sites(@Nullable Long totalCount, @Nullable List<Site> sites) {}

  /**
   * A site of the account.
   *
   * @param status {@code pending}, {@code active}, {@code offline} or {@code moved}
   * @param accessType {@code NS} where ESA hosts the zone, {@code CNAME} where it does not
   * @param verifyCode the TXT value that activates a CNAME site
   */
  @RegisterForReflection
  record Site(
      String siteId,
      String siteName,
      String status,
      String accessType,
      @Nullable String verifyCode) {

    public Site {
      siteId = Trimmed.orEmpty(siteId);
      siteName = Trimmed.orEmpty(siteName);
      status = Trimmed.orEmpty(status);
      accessType = Trimmed.orEmpty(accessType);
    }

    boolean active() {
      return status.equals("active");
    }

    /** Whether it was never active. */
    boolean pending() {
      return status.equals("pending");
    }

    /** What the owner has to do for it to become active. */
    String activation() {
      String code = verifyCode == null ? "" : " with value " + verifyCode.strip();
      return accessType.equals("CNAME")
          ? "publish TXT _esaauth." + siteName + code
          : "switch the name servers of " + siteName + " to those that ESA names";
    }
  }

  /** An answer of GetCertificateQuota. */
  @RegisterForReflection
  record Quota(@Nullable Long quota, @Nullable Long quotaUsage) {

    boolean complete() {
      return quota != null && quotaUsage != null;
    }

    long allowed() {
      return Objects.requireNonNullElse(quota, 0L);
    }

    long left() {
      return Math.max(0, allowed() - Objects.requireNonNullElse(quotaUsage, 0L));
    }
  }

  /**
   * An answer of ApplyCertificate. Its TotalCount counts the domains asked for, not the entries.
   */
  @RegisterForReflection
  record Applied(@Nullable String siteName, @Nullable List<Entry> result) {

    /** The entry of the domain, if it has an id. */
    Optional<Entry> entry(DomainName domain) {
      return result == null
          ? Optional.empty()
          : result.stream()
              .filter(entry -> DnsNames.same(entry.domain, domain.ascii()) && !entry.id.isEmpty())
              .findFirst()
              .map(entry -> new Entry(entry.domain, entry.status, entry.id, siteName));
    }
  }

  /**
   * One domain's application.
   *
   * @param id decimal digits or 32 hex; JSON text or number
   * @param siteName the site's, which stands once beside all entries
   */
  @RegisterForReflection
  record Entry(String domain, String status, String id, @Nullable String siteName) {

    public Entry {
      domain = Trimmed.orEmpty(domain);
      status = Trimmed.orEmpty(status);
      id = Trimmed.orEmpty(id);
      siteName = Trimmed.orNull(siteName);
    }
  }

  /** An answer of ListCertificates. */
  @RegisterForReflection
  record Certificates(@Nullable Long totalCount, @Nullable List<Certificate> result) {}

  /**
   * A certificate of a site, applied for or issued, as GetCertificate and ListCertificates show it.
   *
   * @param id decimal digits or 32 hex; JSON text or number
   * @param name of an upload, as it was given
   * @param type {@code free}, or {@code cas} and {@code upload} for what others put there
   * @param san the subject alternative names, separated by commas
   * @param pubAlg the algorithm of its key
   * @param applyMessage why an application failed
   * @param dcv what is to be published while the application runs
   * @param siteName the site's, which GetCertificate shows beside it
   */
  @RegisterForReflection
  record Certificate(
      @Nullable String id,
      @Nullable String name,
      @Nullable String status,
      @Nullable String type,
      @Nullable String commonName,
      @JsonProperty("SAN") @Nullable String san,
      @Nullable String issuer,
      @JsonProperty("IssuerCN") @Nullable String issuerCn,
      @Nullable String notBefore,
      @Nullable String notAfter,
      @Nullable String serialNumber,
      @Nullable String fingerprintSha256,
      @Nullable String pubAlg,
      @Nullable Long applyCode,
      @Nullable String applyMessage,
      @JsonProperty("DCV") List<Dcv> dcv,
      @Nullable String siteName) {
    private static final Set<String> FOREIGN_TYPES = Set.of("cas", "upload", "keyless");

    public Certificate {
      id = Trimmed.orNull(id);
      name = Trimmed.orNull(name);
      status = Trimmed.orNull(status);
      type = Trimmed.orNull(type);
      commonName = Trimmed.orNull(commonName);
      san = Trimmed.orNull(san);
      applyMessage = Trimmed.orNull(applyMessage);
      dcv = dcv == null ? List.of() : List.copyOf(dcv);
      siteName = Trimmed.orNull(siteName);
    }

    /** Whether others put it there; a free certificate is another thing. */
    boolean uploaded() {
      return type != null && FOREIGN_TYPES.contains(type);
    }

    /** The subject alternative names in the vendor's order. */
    List<String> names() {
      return san == null
          ? List.of()
          : Stream.of(san.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** The domain that it was applied for: ESA makes one certificate for each. */
    String domain() {
      if (commonName != null) {
        return commonName;
      }
      return names().isEmpty() ? "" : names().getFirst();
    }

    private Certificate beside(@Nullable String other, @Nullable String site) {
      return new Certificate(
          id,
          name,
          status == null ? other : status,
          type,
          commonName,
          san,
          issuer,
          issuerCn,
          notBefore,
          notAfter,
          serialNumber,
          fingerprintSha256,
          pubAlg,
          applyCode,
          applyMessage,
          dcv,
          site);
    }
  }

  /**
   * Something to publish.
   *
   * @param type {@code DNS} or {@code HTTP}
   * @param key the TXT record's name, or the file's URL
   * @param value the record's text, or the file's content
   */
  @RegisterForReflection
  record Dcv(String type, String key, String value, @Nullable String status) {

    public Dcv {
      type = Trimmed.orEmpty(type);
      key = Trimmed.orEmpty(key);
      value = Trimmed.orEmpty(value);
      status = Trimmed.orNull(status);
    }

    boolean pending() {
      return status == null || status.equalsIgnoreCase("pending");
    }
  }

  /**
   * An answer of GetCertificate, which shows the status twice.
   *
   * @param certificate the PEM with its chain; none before it is issued
   */
  @RegisterForReflection
  record Detail(
      @Nullable String status,
      @Nullable String certificate,
      @Nullable String siteName,
      @Nullable Certificate result) {

    /** The certificate of that id, if it has a status; its own wins over the one beside it. */
    Optional<Certificate> of(String id) {
      return Optional.ofNullable(result)
          .filter(shown -> shown.id == null || shown.id.equals(id))
          .map(shown -> shown.beside(status, siteName))
          .filter(shown -> shown.status != null);
    }
  }

  /** An answer of ListCertificatesByRecord. */
  @RegisterForReflection
  record Matches(@Nullable List<Match> result) {

    /** The certificates of a name, if the vendor shows as many as it says there are. */
    Optional<List<Certificate>> of(String name) {
      return result == null
          ? Optional.empty()
          : result.stream()
              .filter(match -> DnsNames.same(name, Trimmed.orEmpty(match.recordName)))
              .findFirst()
              .flatMap(Match::complete);
    }
  }

  /** What matches one name. */
  @RegisterForReflection
  record Match(
      @Nullable String recordName, @Nullable Long count, @Nullable List<Certificate> certificates) {

    private Optional<List<Certificate>> complete() {
      List<Certificate> shown = certificates == null ? List.of() : certificates;
      return count != null && shown.size() >= count ? Optional.of(shown) : Optional.empty();
    }
  }
}
