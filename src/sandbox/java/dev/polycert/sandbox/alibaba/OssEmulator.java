package dev.polycert.sandbox.alibaba;

import dev.polycert.sandbox.Query;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import dev.polycert.sandbox.alibaba.AcsGateway.Answer.Refusal;
import dev.polycert.sandbox.alibaba.CasCertificates.Uploaded;
import dev.polycert.sandbox.alibaba.CasCertificates.Use;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The domain names of buckets of Alibaba Cloud OSS. The bucket is in the path, as OSS' SDKs put it
 * for servers without a name; a bucket is there when it is first named.
 */
@ApplicationScoped
public class OssEmulator implements VendorEmulator {
  private static final String PROVIDER = "alibaba-oss";

  private final World world;
  private final CasCertificates certificates;
  private final Oss4Verifier verifier;
  private final Map<String, Map<String, String>> buckets = new TreeMap<>();

  public OssEmulator(World world, CasCertificates certificates) {
    this.world = world;
    this.certificates = certificates;
    verifier = new Oss4Verifier(world, PROVIDER);
    world.onReset(buckets::clear);
    certificates.usedBy(
        () ->
            buckets.values().stream()
                .flatMap(domains -> domains.entrySet().stream())
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> new Use("OSS", each.getKey(), each.getValue())));
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public CredentialNames credentialNames() {
    return new CredentialNames(
        "ALIBABA_CLOUD_ACCESS_KEY_ID",
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_SECURITY_TOKEN");
  }

  @Override
  public boolean accepts(Request request) {
    return request.headerText("authorization").startsWith("OSS4-HMAC-SHA256 ");
  }

  @Override
  public String operation(Request request) {
    return request.method().equals("GET") ? "ListCname" : "PutCname";
  }

  @Override
  public Reply handle(Request request) {
    var refusal = verifier.refusal(request);
    if (refusal.isPresent()) {
      return reply(refusal.get());
    }
    var query = Query.parse(request.rawQuery());
    boolean cname = query.parameters().stream().anyMatch(each -> each.name().equals("cname"));
    var bucket = request.path().replace("/", "");
    if (!cname || !request.path().equals("/" + bucket + "/")) {
      return reply(
          new Refusal(400, "InvalidArgument", "Only the domain names of a bucket are here."));
    }
    if (bucket.startsWith("none")) {
      return reply(new Refusal(404, "NoSuchBucket", "The specified bucket does not exist."));
    }
    var domains = buckets.computeIfAbsent(bucket, first -> new TreeMap<>());
    return switch (request.method() + " " + query.text("comp").orElse("")) {
      case "GET " -> xml(200, list(bucket, domains));
      case "POST add" -> put(new String(request.body(), StandardCharsets.UTF_8), domains);
      default -> reply(new Refusal(405, "MethodNotAllowed", "The method is not allowed."));
    };
  }

  private String list(String bucket, Map<String, String> domains) {
    var cnames = new StringBuilder();
    domains.forEach(
        (domain, certificate) ->
            cnames
                .append("<Cname>")
                .append(element("Domain", domain))
                .append(
                    element("LastModified", world.now().truncatedTo(ChronoUnit.MILLIS).toString()))
                .append(element("Status", "Enabled"))
                .append(certificates.find(certificate).map(this::certificate).orElse(""))
                .append("</Cname>"));
    return "<ListCnameResult>%s%s%s</ListCnameResult>"
        .formatted(element("Bucket", bucket), element("Owner", "testowner"), cnames);
  }

  private String certificate(Uploaded one) {
    return "<Certificate>%s</Certificate>"
        .formatted(
            element("Type", "CAS")
                + element("CertId", one.identifier())
                + element("Status", "Enabled")
                + element("CreationDate", date(world.now()))
                + element("Fingerprint", one.facts().sha256())
                + element("ValidStartDate", date(one.facts().notBefore()))
                + element("ValidEndDate", date(one.facts().notAfter())));
  }

  private static String date(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  private static String element(String name, String text) {
    return "<" + name + ">" + text + "</" + name + ">";
  }

  private Reply put(String body, Map<String, String> domains) {
    var domain = read(body, "Domain").toLowerCase(Locale.ROOT);
    var certificate = read(body, "CertId");
    if (!body.startsWith("<BucketCnameConfiguration>") || domain.isEmpty()) {
      return reply(new Refusal(400, "MalformedXML", "The XML you provided was not well-formed."));
    }
    if (!world.owns(world.registrableDomain(domain))) {
      return reply(
          new Refusal(
              403,
              "NeedVerifyDomainOwnership",
              "You need to verify the ownership of the domain by a TXT record."));
    }
    if (certificates.find(certificate).isEmpty()) {
      return reply(new Refusal(400, "InvalidArgument", "The CertId is invalid."));
    }
    var before = domains.getOrDefault(domain, "");
    if (!before.isEmpty()
        && !read(body, "Force").equals("true")
        && !read(body, "PreviousCertId").equals(before)) {
      return reply(new Refusal(409, "CertificateNotMatch", "The PreviousCertId does not match."));
    }
    domains.put(domain, certificate);
    return new Reply(200, Map.of("x-oss-request-id", requestId()), new byte[0]);
  }

  private static String read(String xml, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    return found.find() ? found.group(1).strip() : "";
  }

  private Reply reply(Refusal refusal) {
    var id = requestId();
    return xml(
        refusal.status(),
        id,
        "<Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>"
            .formatted(refusal.code(), escape(refusal.message()), id));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private Reply xml(int status, String body) {
    return xml(status, requestId(), body);
  }

  private static Reply xml(int status, String id, String body) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/xml", "x-oss-request-id", id),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body).getBytes(StandardCharsets.UTF_8));
  }

  private String requestId() {
    return world.random(24, "0123456789ABCDEF");
  }

  @Override
  public Reply internalError(Request request) {
    return reply(new Refusal(500, "InternalError", "We encountered an internal error."));
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return reply(new Refusal(status, code, message));
  }
}
