package dev.polycert.vendor.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.JsonBody;
import dev.polycert.call.Signing;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver gets about one certificate. Both parts are the same at every repetition, so that
 * the receiver can distinguish one from a renewal by the id ("Idempotency" in Standard Webhooks
 * 1.0.0).
 */
final class Message {
  private static final String TYPE = "certificate.issued";

  private final String id;
  private final byte[] body;

  private Message(String id, byte[] body) {
    this.id = id;
    this.body = body;
  }

  /**
   * Makes the message.
   *
   * @param replaces the id of the last message with another certificate that the receiver
   *     confirmed; null when it confirmed none
   * @param unconfirmed the fingerprints of certificates that were sent since, which the receiver
   *     may have as well
   */
  static Message of(
      String url,
      DomainName domain,
      CertificateBundle bundle,
      X509Certificate certificate,
      boolean withKey,
      @Nullable String replaces,
      List<String> unconfirmed) {
    String fingerprint = Pem.fingerprint(certificate);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("type", TYPE);
    // The time of the event: the certificate says it, and it does not change.
    root.put("timestamp", certificate.getNotBefore().toInstant().toString());
    ObjectNode data = root.putObject("data");
    data.put("domain", domain.ascii());
    Pem.names(certificate).forEach(data.putArray("names")::add);
    data.put("fingerprint", fingerprint);
    data.put("serialNumber", certificate.getSerialNumber().toString(16));
    data.put("notBefore", certificate.getNotBefore().toInstant().toString());
    data.put("notAfter", certificate.getNotAfter().toInstant().toString());
    data.put("certificate", bundle.certificate());
    data.put("chain", bundle.chain());
    if (withKey) {
      data.put("privateKey", Objects.requireNonNull(bundle.privateKey()).reveal());
    }
    String id = id(url, domain, fingerprint, withKey);
    // Where the target has this certificate already, it is not that which is replaced.
    if (replaces != null && !replaces.equals(id)) {
      data.put("replaces", replaces);
    }
    if (!unconfirmed.isEmpty()) {
      ArrayNode ids = data.putArray("unconfirmed");
      unconfirmed.forEach(other -> ids.add(id(url, domain, other, withKey)));
    }
    return new Message(id, JsonBody.of(root));
  }

  private static String id(String url, DomainName domain, String fingerprint, boolean withKey) {
    String about = String.join("\n", url, domain.ascii(), fingerprint, String.valueOf(withKey));
    return "msg_" + Signing.sha256Hex(about.getBytes(UTF_8)).substring(0, 32);
  }

  String id() {
    return id;
  }

  byte[] body() {
    return body;
  }
}
