package dev.polycert.vendor.huawei.scm;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.polycert.call.Trimmed;
import dev.polycert.domain.DnsNames;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.PrivateKeyPem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * SCM's operations, requests and answers as they go over the wire. Bodies are bytes, sent as they
 * are signed; names are in snake case.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface ScmApi {

  @GET
  @Path("v3/scm/certificates")
  Uni<Response> listCertificates(
      @QueryParam("status") String status,
      @QueryParam("limit") int limit,
      @QueryParam("offset") int offset,
      @QueryParam("sort_key") String sortKey,
      @QueryParam("sort_dir") String sortDirection);

  @GET
  @Path("v3/scm/certificates/{certificate_id}")
  Uni<Response> showCertificate(@PathParam("certificate_id") String certificateId);

  @POST
  @Path("v3/scm/certificates/buy")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> subscribeCertificate(byte[] body);

  @POST
  @Path("v3/scm/certificates/import")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> importCertificate(byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/apply")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> applyCertificate(@PathParam("certificate_id") String certificateId, byte[] body);

  /** The historical form of applying, whose page calls it "completing the information". */
  @POST
  @Path("v2/{project_id}/scm/cert/{cert_id}/complete")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> completeCertificate(
      @PathParam("project_id") String projectId, @PathParam("cert_id") String id, byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/cancel-cert")
  Uni<Response> cancelCertificateRequest(@PathParam("certificate_id") String certificateId);

  @DELETE
  @Path("v3/scm/certificates/{certificate_id}")
  Uni<Response> deleteCertificate(@PathParam("certificate_id") String certificateId);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/export")
  Uni<Response> exportCertificate(@PathParam("certificate_id") String certificateId);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/push")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> pushCertificate(@PathParam("certificate_id") String certificateId, byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/batch-push")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> batchPushCertificate(
      @PathParam("certificate_id") String certificateId, byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/deploy")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> deployCertificate(@PathParam("certificate_id") String certificateId, byte[] body);

  @POST
  @Path("v3/scm/deployed-resources")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> listDeployedResources(byte[] body);

  /** An answer of ListCertificates. */
  @RegisterForReflection
  record Listing(@Nullable List<Listed> certificates, @Nullable Long totalCount) {}

  /**
   * A certificate as ListCertificates shows it.
   *
   * @param sans further names, separated by {@code ;}
   * @param domainCount how many names it holds; 0 where SCM does not say
   * @param wildcardCount how many of a multi-domain certificate's names are wildcards
   */
  @RegisterForReflection
  record Listed(
      String id,
      String name,
      String status,
      String type,
      String brand,
      String domainType,
      String domain,
      @Nullable String sans,
      @Nullable String expireTime,
      int domainCount,
      int wildcardCount) {

    public Listed {
      id = Trimmed.orEmpty(id);
      name = Trimmed.orEmpty(name);
      status = Trimmed.orEmpty(status);
      type = Trimmed.orEmpty(type);
      brand = Trimmed.orEmpty(brand);
      domainType = Trimmed.orEmpty(domainType);
      domain = Trimmed.orEmpty(domain);
      sans = Trimmed.orNull(sans);
    }

    /** All names, the main one first. */
    List<String> names() {
      return Certificate.names(domain, sans);
    }

    boolean isFor(DomainName wanted) {
      return DnsNames.same(domain, wanted.ascii());
    }
  }

  /**
   * A certificate as ShowCertificate shows it.
   *
   * @param type {@code DV_SSL_CERT} and the like
   * @param domainType {@code SINGLE_DOMAIN}, {@code MULTI_DOMAIN} or {@code WILDCARD}
   * @param domainCount how many names it holds; 0 where SCM does not say
   * @param wildcardCount how many of these are wildcards
   * @param domain what it was applied for, empty before
   * @param sans further names, separated by {@code ;}
   * @param fingerprint SHA-1
   * @param authentications what to publish; the vendor's member is spelled {@code authentification}
   */
  @RegisterForReflection
  record Certificate(
      @Nullable String id,
      String status,
      String type,
      String brand,
      String domainType,
      int domainCount,
      int wildcardCount,
      String domain,
      @Nullable String sans,
      @Nullable String notBefore,
      @Nullable String notAfter,
      @Nullable String fingerprint,
      @Nullable String revokeReason,
      @JsonProperty("authentification") List<Authentication> authentications) {

    public Certificate {
      id = Trimmed.orNull(id);
      status = Trimmed.orEmpty(status);
      type = Trimmed.orEmpty(type);
      brand = Trimmed.orEmpty(brand);
      domainType = Trimmed.orEmpty(domainType);
      domain = Trimmed.orEmpty(domain);
      sans = Trimmed.orNull(sans);
      revokeReason = Trimmed.orNull(revokeReason);
      authentications =
          authentications == null
              ? List.of()
              : authentications.stream().filter(Authentication::complete).toList();
    }

    /** Whether it is an answer for the id. */
    boolean answers(String wanted) {
      return !status.isEmpty() && (id == null || id.equals(wanted));
    }

    /** Whether it is applied for, and for another name. */
    boolean isForAnother(DomainName wanted) {
      return !domain.isEmpty() && !DnsNames.same(domain, wanted.ascii());
    }

    /** All names, the one that it was applied for first. */
    List<String> names() {
      return names(domain, sans);
    }

    private static List<String> names(String domain, @Nullable String sans) {
      return Stream.concat(
              Stream.of(domain), sans == null ? Stream.of() : Stream.of(sans.split("[;,]")))
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .distinct()
          .toList();
    }
  }

  /**
   * A DNS record to publish.
   *
   * @param domain the name that it is for
   */
  @RegisterForReflection
  record Authentication(
      String recordName, String recordType, String recordValue, @Nullable String domain) {

    public Authentication {
      domain = Trimmed.orNull(domain);
      recordName = Trimmed.orEmpty(recordName);
      recordType = Trimmed.orEmpty(recordType);
      recordValue = Trimmed.orEmpty(recordValue);
    }

    /** The name that it is for, without an asterisk; where SCM does not say, that of the order. */
    String validates(DomainName order) {
      return domain == null ? order.base() : domain.replaceFirst("^\\*\\.", "");
    }

    boolean complete() {
      return !recordName.isEmpty() && !recordType.isEmpty() && !recordValue.isEmpty();
    }
  }

  /** The body of SubscribeCertificate. */
  @RegisterForReflection
  record SubscribeRequest(
      String certBrand,
      String certType,
      String domainType,
      int effectiveTime,
      int domainNumbers,
      int orderNumber,
      boolean agreePrivacyProtection,
      boolean isAutoPay) {}

  /** The body of ApplyCertificate (v3) and of "complete" (v2); what is null is left out. */
  @RegisterForReflection
  record ApplyRequest(
      String domain,
      @Nullable String sans,
      @Nullable String csr,
      @Nullable String companyName,
      @Nullable String companyUnit,
      @Nullable String companyProvince,
      @Nullable String companyCity,
      @Nullable String country,
      @Nullable String applicantName,
      @Nullable String applicantPhone,
      @Nullable String applicantEmail,
      @Nullable String contactName,
      @Nullable String contactPhone,
      @Nullable String contactEmail,
      boolean autoDnsAuth,
      boolean agreePrivacyProtection,
      @Nullable String domainMethod,
      @Nullable String keyAlgorithm,
      @Nullable String caHashAlgorithm) {

    /** Says nothing of the applicant. */
    @Override
    public String toString() {
      return "ApplyRequest[" + domain + "]";
    }
  }

  /**
   * An answer of ExportCertificate, which always holds the private key where SCM made it.
   *
   * @param certificate the end-entity certificate in PEM
   * @param certificateChain the intermediate certificates in PEM
   * @param privateKey none when the certificate was issued for a CSR of the applicant's
   */
  @RegisterForReflection
  record Exported(
      @Nullable String certificate,
      @Nullable String certificateChain,
      @Nullable String privateKey) {

    boolean complete() {
      return Trimmed.orNull(certificate) != null;
    }

    /** What was asked for, and no key without being asked for it. */
    CertificateBundle bundle(boolean includePrivateKey) {
      String key = includePrivateKey ? Trimmed.orNull(privateKey) : null;
      return new CertificateBundle(
          Trimmed.orEmpty(certificate) + "\n",
          Trimmed.orNull(certificateChain) == null ? "" : Trimmed.orEmpty(certificateChain) + "\n",
          key == null ? null : new PrivateKeyPem(key + "\n"));
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
      return "Exported[hidden]";
    }
  }

  /**
   * The body of DeployCertificate.
   *
   * @param projectName where the resources are; CDN has none
   */
  @RegisterForReflection
  record DeployRequest(
      @Nullable String projectName, String serviceName, List<Resource> resources) {}

  /**
   * A resource to put a certificate on.
   *
   * @param id of WAF and ELB
   * @param type of WAF, {@code cloud} or {@code premium}
   * @param domainName of CDN, the accelerated domain
   * @param enterpriseProjectId of WAF
   */
  @RegisterForReflection
  record Resource(
      @Nullable String id,
      @Nullable String type,
      @Nullable String domainName,
      @Nullable String enterpriseProjectId) {}
}
