package dev.polycert.vendor.alibaba.oss;

import static dev.polycert.call.ErrorClass.CLOCK;
import static dev.polycert.call.ErrorClass.CREDENTIALS;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.NEEDS_USER;
import static dev.polycert.call.ErrorClass.RETRY;
import static dev.polycert.call.ErrorClass.THROTTLED;
import static dev.polycert.vendor.alibaba.OptionRules.REGION;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Client;
import dev.polycert.call.Clients;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.ServiceSettings;
import dev.polycert.call.WriteContext;
import dev.polycert.call.XmlElement;
import dev.polycert.call.XmlEnvelope;
import dev.polycert.vendor.alibaba.CertificateStore;
import dev.polycert.vendor.alibaba.OptionRules;
import dev.polycert.vendor.alibaba.RpcProduct;
import dev.polycert.vendor.alibaba.StoredDeliverer;
import dev.polycert.vendor.alibaba.cas.Cas;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Has a domain name of a bucket of OSS served with a certificate of CAS. */
@PerAccount
public class AlibabaOssDeliverer extends StoredDeliverer {
  private static final String BUCKET = "bucket";
  private static final String DOMAIN = "domainName";
  private static final OptionRules RULES =
      OptionRules.none()
          .region()
          .must(BUCKET, "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", "the name of a bucket")
          .must(
              DOMAIN,
              "([a-z0-9-]{1,63}\\.)+[a-z0-9-]{1,63}",
              "a domain name, www.example.com for example");
  private static final Descriptor SERVICE =
      RpcProduct.described(
              "alibaba-oss",
              "a domain name of a bucket of Alibaba Cloud's Object Storage Service (OSS); a renewal"
                  + " replaces the certificate before it")
          .required(REGION, "the region of the bucket, cn-hangzhou for example")
          .required(BUCKET, "the bucket")
          .required(DOMAIN, "the domain name that the bucket has, www.example.com for example");

  static final ErrorTable ERRORS =
      ErrorTable.unlistedAre(FINAL)
          .put(RETRY, "InternalError", "ServiceUnavailable", "RequestTimeout")
          .put(THROTTLED, "QpsLimitExceeded", "TooManyRequests", "SlowDown")
          .put(CLOCK, "RequestTimeTooSkewed")
          .put(CREDENTIALS, "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch")
          .put(CREDENTIALS, "SecurityTokenExpired", "InvalidSecurityToken", "UserDisable")
          // The domain name is bound to no bucket before a TXT record proves whose it is.
          .put(NEEDS_USER, "NeedVerifyDomainOwnership")
          .put(FINAL, "NoSuchBucket", "InvalidBucketName", "InvalidArgument", "MalformedXML")
          .put(FINAL, "CnameDenied", "CnameAlreadyExists", "NoSuchCname")
          .build();

  private static final XmlEnvelope ENVELOPE = new XmlEnvelope(ERRORS, "x-oss-request-id");

  private final Service service;
  private final Clients clients;
  private final Cas cas;
  private final Map<String, Client<Api>> byRegion = new ConcurrentHashMap<>();

  AlibabaOssDeliverer(Clients clients, RpcProduct.Factory products, Cas cas) {
    service = products.service(SERVICE);
    this.clients = clients;
    this.cas = cas;
  }

  private Client<Api> oss(Place place) {
    return byRegion.computeIfAbsent(
        place.option(REGION),
        region ->
            clients.client(
                SERVICE.at("https://oss-" + region + ".aliyuncs.com"),
                new ServiceSettings(Optional.empty(), Optional.of(region), Map.of()),
                Api.class,
                (credentials, clock) -> new OssSigner(credentials, region, clock)));
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  protected OptionRules rules() {
    return RULES;
  }

  @Override
  public Optional<String> place() {
    return Optional.of(DOMAIN);
  }

  @Override
  protected CertificateStore store(Map<String, String> options) {
    return cas;
  }

  @Override
  protected Uni<Answer<Boolean>> serves(Place place, CallContext context) {
    return oss(place)
        .read(
            "ListCname",
            context,
            api -> api.listCname(place.option(BUCKET), ""),
            ENVELOPE.decoder(
                root ->
                    root.name().equals("ListCnameResult")
                        ? Optional.of(
                            root.children().stream().anyMatch(cname -> isServed(cname, place)))
                        : Optional.empty(),
                "a ListCnameResult"));
  }

  private static boolean isServed(XmlElement cname, Place place) {
    return cname.textOf("Domain").filter(place.option(DOMAIN)::equalsIgnoreCase).isPresent()
        && cname
            .child("Certificate")
            .flatMap(certificate -> certificate.textOf("CertId"))
            .filter(place.id()::equals)
            .isPresent();
  }

  /** With {@code Force}, because OSS otherwise requires the id of the certificate before. */
  @Override
  protected Uni<Answer<Boolean>> serve(Place place, WriteContext context) {
    byte[] body =
        ("<BucketCnameConfiguration><Cname><Domain>%s</Domain><CertificateConfiguration>"
                + "<CertId>%s</CertId><Force>true</Force></CertificateConfiguration></Cname>"
                + "</BucketCnameConfiguration>")
            .formatted(XmlElement.escape(place.option(DOMAIN)), XmlElement.escape(place.id()))
            .getBytes(UTF_8);
    return oss(place)
        .write(
            "PutCname",
            context,
            api -> api.putCname(place.option(BUCKET), "", "add", body),
            ENVELOPE.decoder(root -> Optional.of(true), "an answer"));
  }

  /** The operations on the wire; the signer moves the bucket where OSS wants it. */
  @Path("/{bucket}/")
  @Produces(MediaType.APPLICATION_XML)
  interface Api {
    @GET
    Uni<Response> listCname(
        @PathParam("bucket") String bucket, @QueryParam("cname") String nothing);

    @POST
    @Consumes(MediaType.APPLICATION_XML)
    Uni<Response> putCname(
        @PathParam("bucket") String bucket,
        @QueryParam("cname") String nothing,
        @QueryParam("comp") String add,
        byte[] body);
  }
}
