package dev.polycert.vendor.acme;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** Two CAs for tests of the whole, {@code main} and {@code other}, which want proofs and issue. */
public final class FakeCas implements QuarkusTestResourceLifecycleManager {
  private static final List<String> WRITES =
      List.of("new-order", "challenge", "file-challenge", "alternate");

  private static FakeCa main;
  private static FakeCa other;

  @Override
  public Map<String, String> start() {
    main = new FakeCa().wantsProofsOfNames();
    other = new FakeCa().wantsProofsOfNames();
    return Map.of(
        "polycert.acme.ca.main.directory",
        main.directory(),
        "polycert.acme.ca.other.directory",
        other.directory(),
        "polycert.acme.default-ca",
        "main",
        "polycert.acme.look",
        "false");
  }

  @Override
  public void stop() {
    main.close();
    other.close();
  }

  /** Forgets all calls. */
  public static void forget() {
    main.forget();
    other.forget();
  }

  /**
   * The calls since, as far as what was asked for shows in them: each with its CA and what was
   * sent. Of requests for certificates, whose keys are new each time, it shows the kind of key.
   */
  public static List<String> calls() {
    List<String> calls = new ArrayList<>();
    add(calls, "main", main);
    add(calls, "other", other);
    return calls;
  }

  private static void add(List<String> calls, String name, FakeCa ca) {
    WRITES.forEach(
        operation ->
            ca.received(operation)
                .forEach(sent -> calls.add(name + " " + operation + " ?" + sent)));
    ca.received("finalize").forEach(sent -> calls.add(name + " finalize ?" + keyOf(sent)));
  }

  private static String keyOf(JsonNode sent) {
    try {
      PublicKey key = new JcaPKCS10CertificationRequest(csr(sent)).getPublicKey();
      return key.getAlgorithm() + " of " + key.getEncoded().length + " bytes";
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The requests for certificates since, in PEM. */
  public static String requests() {
    StringWriter requests = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(requests)) {
      for (FakeCa ca : List.of(main, other)) {
        for (JsonNode sent : ca.received("finalize")) {
          pem.writeObject(new PKCS10CertificationRequest(csr(sent)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return requests.toString();
  }

  private static byte[] csr(JsonNode sent) {
    return Base64.getUrlDecoder().decode(sent.path("csr").asText());
  }
}
