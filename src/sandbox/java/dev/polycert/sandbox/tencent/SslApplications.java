package dev.polycert.sandbox.tencent;

import dev.polycert.sandbox.World;
import dev.polycert.sandbox.World.KeyKind;
import dev.polycert.sandbox.tencent.TencentApi.Operation;
import dev.polycert.sandbox.tencent.TencentApi.Refused;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** ApplyCertificate, for free certificates. */
final class SslApplications {
  private static final int LONGEST_DOMAIN = 64;
  private static final Duration RENEWAL_WINDOW = Duration.ofDays(30);
  private static final Pattern DOMAIN =
      Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]*[a-z][a-z0-9-]*");

  private static final String EMAIL = "[^@\\s]+@[^@\\s]+\\.[^@\\s.]+";

  /** The names of parameters in the data that descriptions show. */
  private static final Map<String, String> SUBMITTED =
      Map.of(
          "ContactEmail", "ContactEmail",
          "ContactPhone", "ContactNumber",
          "CsrKeyPassword", "KeyPassword");

  private final SslAccount account;
  private final World world;

  SslApplications(SslAccount account) {
    this.account = account;
    this.world = account.world();
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ApplyCertificate",
        new Operation(
            10,
            Parameters.required(Parameters.Type.STRING, "DvAuthMethod", "DomainName")
                .optional(
                    Parameters.Type.STRING,
                    "PackageType",
                    "ContactEmail",
                    "ContactPhone",
                    "ValidityPeriod",
                    "CsrEncryptAlgo",
                    "CsrKeyParameter",
                    "CsrKeyPassword",
                    "Alias",
                    "OldCertificateId",
                    "PackageId")
                .optional(Parameters.Type.INTEGER, "ProjectId")
                .optional(Parameters.Type.BOOLEAN, "DeleteDnsAutoRecord"),
            this::apply));
  }

  private JsonObject apply(JsonObject sent) {
    String domain = domain(sent);
    String method = sent.getString("DvAuthMethod");
    oneOf(sent, "DvAuthMethod", Set.of("DNS_AUTO", "DNS", "FILE"));
    oneOf(sent, "PackageType", Set.of("83", "2"));
    oneOf(sent, "ValidityPeriod", Set.of("3"));
    if (sent.containsKey("ContactEmail") && !sent.getString("ContactEmail").matches(EMAIL)) {
      throw new Refused("InvalidParameterValue.CertificateEmailParseInvalid", "邮箱格式不正确。");
    }
    KeyKind keyKind = keyKind(sent);
    boolean automatic = method.equals("DNS_AUTO");
    if (method.equals("FILE") && domain.startsWith("*.")) {
      throw invalid("DvAuthMethod: a wildcard domain cannot be validated by FILE");
    }
    if (automatic && !world.owns(domain)) {
      throw invalid("DvAuthMethod: the domain is not hosted in DNSPod of this account");
    }
    if (sent.getBoolean("DeleteDnsAutoRecord", false) && !automatic) {
      throw invalid("DeleteDnsAutoRecord: only with DNS_AUTO");
    }
    checkQuota(domain);
    String oldId = sent.getString("OldCertificateId", "");
    if (!oldId.isEmpty()) {
      checkRenewable(oldId, domain);
    }
    SslCertificate certificate =
        account.add(domain, false, automatic ? SslStatus.RECORD_ADDED : SslStatus.REVIEWING);
    certificate.method = method;
    certificate.keyKind = keyKind;
    certificate.alias = sent.getString("Alias", "");
    certificate.projectId = sent.getInteger("ProjectId", 0);
    SUBMITTED.forEach(
        (name, shown) -> {
          if (sent.containsKey(name)) {
            certificate.information.put(shown, sent.getString(name));
          }
        });
    certificate.deleteRecord = sent.getBoolean("DeleteDnsAutoRecord", false);
    if (!oldId.isEmpty()) {
      certificate.replaces = oldId;
      account.find(oldId).replacedBy = certificate.id;
    }
    account.openValidation(certificate);
    world.ledger(SslAccount.PROVIDER, "ApplyCertificate", domain, certificate.id);
    return new JsonObject().put("CertificateId", certificate.id);
  }

  private static String domain(JsonObject sent) {
    String domain = sent.getString("DomainName").toLowerCase(Locale.ROOT);
    if (domain.length() > LONGEST_DOMAIN) {
      throw new Refused(
          "InvalidParameterValue.CertificateDomainMaxLengthInvalid", "域名长度不能超过64个字符。");
    }
    if (!DOMAIN.matcher(domain).matches()) {
      throw invalid("DomainName: no domain name");
    }
    return domain;
  }

  /** CsrKeyParameter is optional for RSA only. */
  private static KeyKind keyKind(JsonObject sent) {
    oneOf(sent, "CsrEncryptAlgo", Set.of("RSA", "ECC"));
    boolean elliptic = "ECC".equals(sent.getString("CsrEncryptAlgo"));
    if (elliptic && !sent.containsKey("CsrKeyParameter")) {
      throw invalid("CsrKeyParameter: required for ECC");
    }
    oneOf(sent, "CsrKeyParameter", Set.of(elliptic ? "prime256v1" : "2048"));
    return elliptic ? KeyKind.EC_P256 : KeyKind.RSA_2048;
  }

  private void checkQuota(String domain) {
    List<SslCertificate> free =
        account.all().stream()
            .filter(certificate -> certificate.countsAsFree(world.now()))
            .toList();
    if (free.size() >= world.quota(SslAccount.PROVIDER)) {
      throw new Refused("FailedOperation.ExceedsFreeLimit", "免费证书数量超出限制。");
    }
    String main = world.registrableDomain(domain);
    int limit = world.quota(SslAccount.PROVIDER + "/main-domain");
    long underMain =
        free.stream()
            .filter(certificate -> world.registrableDomain(certificate.domain).equals(main))
            .count();
    if (underMain >= limit) {
      throw new Refused(
          "FailedOperation.MainDomainCertificateCountLimit",
          "该主域(%s)下申请的免费证书数量已达到%d个上限,请购买付费证书。".formatted(main, limit));
    }
  }

  private void checkRenewable(String oldId, String domain) {
    SslCertificate old = account.find(oldId);
    if (!old.domain.equals(domain)) {
      throw new Refused("FailedOperation.CertificateMismatch", "旧证书的域名不一致。");
    }
    if (old.replacedBy != null) {
      throw new Refused("FailedOperation.OrderAlreadyReplaced", "该订单已重签发。");
    }
    boolean inWindow =
        old.status == SslStatus.ISSUED
            && old.issued != null
            && !world.now().isBefore(old.issued.notAfter().minus(RENEWAL_WINDOW));
    if (!inWindow) {
      throw new Refused(
          "FailedOperation.InvalidCertificateStatusCode", "证书状态不正确: 仅支持有效期在30天内且未过期的证书。");
    }
  }

  private static void oneOf(JsonObject sent, String name, Set<String> values) {
    if (sent.containsKey(name) && !values.contains(sent.getString(name))) {
      throw invalid(name + ": must be one of " + values);
    }
  }

  private static Refused invalid(String reason) {
    return new Refused("FailedOperation.InvalidParam", "参数有误: " + reason);
  }
}
